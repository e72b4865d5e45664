"""Encodings of old fonts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctk.text.legacy import decode, from_tcvn3, from_vni, guess

LETTERS = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
IN_TCVN3 = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ"
VNI_SIGNS = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä ñ eù eø eû eõ eï eâ eá eà eå eã eä "
    "í ì æ ó ò où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï "
    "yù yø yû yõ î"
)
IN_VNI = VNI_SIGNS.split()
TO_TCVN3 = dict(zip(LETTERS, IN_TCVN3, strict=True))
TO_VNI = dict(zip(LETTERS + LETTERS.upper(), IN_VNI + [v.upper() for v in IN_VNI], strict=True))

SENTENCES = (
    "Tổng số trẻ em có hoàn cảnh đặc biệt được chăm sóc người nuôi dưỡng khuyết tật nạn nhân "
    "bị xâm hại tình dục hộ nghèo cận bỏ học lao động trường hợp trợ giúp xã hội huyện thị trấn "
    "mồ côi cha mẹ thương tích đuối nước tỷ lệ phần trăm lĩnh vực"
)
words = st.lists(st.sampled_from(SENTENCES.split()), min_size=1).map(" ".join)

LABELS = [
    "Tổng số trẻ em",
    "Trẻ em có hoàn cảnh đặc biệt",
    "Trẻ em bị xâm hại tình dục",
    "Trẻ em khuyết tật nặng",
    "Số hộ nghèo, cận nghèo",
    "Người lập biểu",
]


def in_tcvn3(text: str) -> str:
    """Encode small letters."""
    return "".join(TO_TCVN3.get(char, char) for char in text)


def in_vni(text: str) -> str:
    """Encode small letters and capitals."""
    return "".join(TO_VNI.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("BiÓu sè", "Biểu số"),
        ("§¬n vÞ b¸o c¸o", "Đơn vị báo cáo"),
        ("tr\u00adëng", "trưởng"),
        ("Ng\u2212êi lËp biÓu", "Người lập biểu"),
        ("\u2212íc l\u2212îng", "ước lượng"),
        ("\u00ae\u2212¬ng", "đương"),
        ("TECHC§B", "TECHCĐB"),
        ("\u2212", "\u2212"),
        ("\u22125", "\u22125"),
        ("\u2212 TrÎ em", "\u2212 Trẻ em"),
        ("125", "125"),
        ("", ""),
    ],
)
def test_tcvn3_text_becomes_unicode(text, expected):
    """Each character becomes its letter; a minus is "ư" only at a letter."""
    assert from_tcvn3(text) == decode(text, "tcvn3") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ñy ban nh©n d©n", "ỦY BAN NHÂN DÂN"),
        ("®éc lËp", "ĐỘC LẬP"),
        ("\u2212íc", "ƯỚC"),
    ],
)
def test_capitals_shown_by_the_font_become_capitals(text, expected):
    """A font of capitals stores small letters."""
    assert from_tcvn3(text, upper=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("Bieåu soá", "Biểu số"),
        ("Ngöôøi laäp bieåu", "Người lập biểu"),
        ("Thuû tröôûng ñôn vò", "Thủ trưởng đơn vị"),
        ("TREÛ EM COÙ HOAØN CAÛNH ÑAËC BIEÄT", "TRẺ EM CÓ HOÀN CẢNH ĐẶC BIỆT"),
        ("lónh vöïc, Tyû leä (%)", "lĩnh vực, Tỷ lệ (%)"),
        ("Kyø, kyù, Myõ, lyî", "Kỳ, ký, Mỹ, lyỵ"),
        ("Aù, aÙ", "Á, á"),
        ("a\u212b", "a\u212b"),
        ("125", "125"),
        ("", ""),
    ],
)
def test_vni_text_becomes_unicode(text, expected):
    """A base and its sign become one letter, in the case of the base."""
    assert from_vni(text) == decode(text, "vni") == expected


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back_from_tcvn3(letter):
    """All small letters with accents are known."""
    assert from_tcvn3(in_tcvn3(letter)) == letter


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_capitals_without_tone_come_back_from_tcvn3(letter):
    """The seven capitals that TCVN3 has are known."""
    assert from_tcvn3("¡¢£¤¥¦§"["ĂÂÊÔƠƯĐ".index(letter)]) == letter


@pytest.mark.parametrize("letter", LETTERS + LETTERS.upper())
def test_every_letter_comes_back_from_vni(letter):
    """All letters with accents are known, small and capital."""
    assert from_vni(in_vni(letter)) == letter


@given(words)
def test_sentences_come_back_from_both_encodings(text):
    """Encoding and decoding gives the same text."""
    assert decode(in_tcvn3(text), "tcvn3") == text
    assert decode(in_vni(text), "vni") == text
    assert decode(in_vni(text.upper()), "vni") == text.upper()


@pytest.mark.parametrize("text", ["Đơn vị", "Trẻ em ®", "Nữ ñ", "HỘ ¹", "tre\u0309 em µ"])
def test_text_with_letters_of_unicode_alone_is_left_alone(text):
    """A cell in Unicode is not decoded a second time."""
    assert from_tcvn3(text) == from_vni(text) == text


@given(st.text(), st.sampled_from(["unicode", "tcvn3", "vni"]))
def test_any_text_can_be_decoded(text, encoding):
    """No text is refused, and plain letters stay."""
    decoded = decode(text, encoding)
    plain = [char for char in text if char.isascii() and not char.isalpha()]
    assert [char for char in decoded if char.isascii() and not char.isalpha()] == plain


@pytest.mark.parametrize(
    ("encoding", "texts"),
    [
        ("tcvn3", list(map(in_tcvn3, LABELS))),
        ("tcvn3", ["125", "", "abc", *map(in_tcvn3, LABELS), "1.234", "x"]),
        ("tcvn3", ["Céng hoµ x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc"]),
        ("tcvn3", [*map(in_tcvn3, LABELS), "Xã Đakrông"]),
        ("vni", list(map(in_vni, LABELS))),
        ("vni", [in_vni(label.upper()) for label in LABELS]),
        ("vni", [*map(in_vni, LABELS), "Xã Đakrông"]),
    ],
)
def test_a_legacy_sheet_is_recognised(encoding, texts):
    """Numbers, plain words and a Unicode cell among them do not hide the encoding."""
    assert guess(texts) == encoding
    assert guess(iter(texts)) == encoding


def test_a_sheet_with_minus_signs_for_u_horn_is_recognised():
    """A minus inside a word counts as the letter that it stands for."""
    texts = [in_tcvn3(label).replace("\u00ad", "\u2212") for label in LABELS]
    assert guess([*texts, "Ng\u2212êi d\u2212ìng"]) == "tcvn3"


def test_a_few_labels_are_enough():
    """Four accented words are enough for a small sheet."""
    assert guess(["BiÓu sè", "TrÎ em", "Céng"]) == "tcvn3"
    assert guess(["Bieåu soá", "Treû em", "Toång"]) == "vni"


def test_a_sheet_half_in_unicode_is_left_to_its_fonts():
    """A sheet of mixed text is not decoded as a whole."""
    assert guess([*map(in_tcvn3, LABELS), *LABELS]) == "unicode"
    assert guess([*map(in_vni, LABELS), *LABELS]) == "unicode"


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["", "125", "Tong so"],
        ["BiÓu sè"],
        ["BiÓu sè", "BiÓu sè", "BiÓu", "sè"],
        ["® 2022", "±5", "×"],
        ["Điều 5 § 2", "25 °C", "m²", "«Trẻ em»"],
    ],
)
def test_a_word_or_two_prove_nothing(texts):
    """Lone signs and single words are left as they are."""
    assert guess(texts) == "unicode"


@pytest.mark.parametrize(
    "text",
    [
        "Größe über Straße für Mädchen und Söhne; Fußgänger, Tür, schön, öffentlich",
        "Les élèves français à l’école: œuvre, garçon, forêt, naïf, Noël, où, âgé, reçu",
        "Señor niño año mañana español corazón; São Paulo, ação, nações, coração, mãe",
        "Ærlig blåbær på fjellet, køer, søster, gutt på årsmøte, smør og brød",
    ],
)
def test_other_languages_are_left_alone(text):
    """Words that do not become Vietnamese are no proof."""
    assert guess(text.split()) == "unicode"


@given(st.lists(words | st.sampled_from(["×", "®", "§ 2", "±", "«có»", "Ðakrông", "xã", "bé"])))
def test_unicode_text_is_never_taken_for_legacy(texts):
    """Signs in a Unicode sheet do not make it a legacy one."""
    assert guess(texts) == "unicode"
