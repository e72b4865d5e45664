"""What the Official Gazette prints on pages 58 to 61, copied from its pictures, not from ctk."""

GROUPS = (
    "Trẻ em mồ côi cả cha và mẹ",
    "Trẻ em bị bỏ rơi",
    "Trẻ em không nơi nương tựa",
    "Trẻ em khuyết tật",
    "Trẻ em bị nhiễm HIV/AIDS",
    "Trẻ em vi phạm pháp luật",
    "Trẻ em nghiện ma túy",
    "Trẻ em phải bỏ học kiếm / sống chưa hoàn thành phổ / cập giáo dục trung học cơ sở",
    "Trẻ em bị tổn hại nghiêm / trọng về thể chất và tinh thần / do bị bạo lực",
    "Trẻ em bị bóc lột",
    "Trẻ em bị xâm hại tình dục",
    "Trẻ em bị mua bán",
    (
        "Trẻ em mắc bệnh hiểm nghèo / hoặc bệnh phải điều trị dài / "
        "ngày thuộc hộ nghèo hoặc hộ / cận nghèo"
    ),
    (
        "Trẻ em di cư, trẻ em lánh / nạn, tị nạn chưa xác định / "
        "được cha mẹ hoặc không có / người chăm sóc"
    ),
)
"""Groups of children in the order of columns; " / " is a new line."""

ROWS = (
    ("Chia theo giới tính", None),
    ("- Nữ", 110),
    ("Chia theo nhóm tuổi", 120),
    ("0- 6 tuổi", 121),
    ("6- 16 tuổi", 122),
)

_LAW = "Ban hành kèm theo TT số 02/2025/TT-"
LEFT = {
    "601-602": f"{_LAW}BLĐTBXH / ngày 10/01/2025 của Bộ trưởng Bộ LĐTBXH",
    "603": f"{_LAW}BLĐTBXH ngày / 10/01/2025 của Bộ trưởng Bộ LĐTBXH",
    "604": f"{_LAW} / BLĐTBXH ngày 10/01/2025 của Bộ / trưởng Bộ LĐTBXH",
    "605": f"{_LAW} / BLĐTBXH ngày 10/01/2025 của / Bộ trưởng Bộ LĐTBXH",
}
TITLES = {
    "601-602": "TRẺ EM CÓ HOÀN CẢNH ĐẶC BIỆT",
    "603": "TỶ LỆ TRẺ EM / CÓ HOÀN CẢNH ĐẶC BIỆT / ĐƯỢC CHĂM SÓC",
    "604": "XÃ/PHƯỜNG PHÙ HỢP VỚI TRẺ EM",
    "605": "CƠ SỞ CUNG CẤP DỊCH VỤ / BẢO VỆ TRẺ EM",
}
SPANS = {"601-602": "(Tính 01/01 đến 31/12)"} | dict.fromkeys(
    ("603", "604", "605"), "(Từ 01/01 đến 31/12)"
)
UNITS = {"601-602": "người", "603": "%", "604": "xã, phường", "605": "cơ sở"}


def heading(form):
    """Texts above the table with their looks, in reading order by column: left, middle, right."""
    left = [
        (f"Biểu số {form}/TE-Sở", "bold"),
        (LEFT[form], "italic"),
        ("Ngày nhận báo cáo:", "bold"),
        ("- Báo cáo năm: 15/01 năm sau", ""),
    ]
    middle = [(TITLES[form], "bold"), ("Năm báo cáo: 2024", ""), (SPANS[form], "")]
    right = [
        ("Đơn vị báo cáo:", "bold"),
        ("Phòng LĐTBXH huyện Đa Krông", ""),
        ("Đơn vị nhận báo cáo:", "bold"),
        ("Sở LĐTBXH tỉnh Quảng Trị", ""),
        (f"Đơn vị tính: {UNITS[form]}", "italic"),
    ]
    return left, middle, right


PAIRS_605 = (
    "Số cơ / sở", "Số trẻ / em / trong / cơ sở",
    "Số cơ / sở", "Số trẻ / em / trong / cơ sở",
    "Số / cơ sở", "Số trẻ / em / trong / cơ sở",
    "Số cơ / sở", "Số / trẻ / em / trong / cơ sở",
    "Số / cơ / sở", "Số / trẻ / em / trong / cơ sở",
    "Số / cơ / sở", "Số / trẻ / em / trong / cơ sở",
)  # fmt: skip
KINDS_605 = ("Cơ sở / chuyên biệt", "Cơ sở / theo ngành, / lĩnh vực", "Cơ sở / hỗn hợp")

# The head of each table as a grid of rows and columns: text, rows and columns spanned, turned.
HEADS = {
    "601-602": {
        (0, 0): ("Chỉ tiêu", 2, 1, False),
        (0, 1): ("Mã số", 2, 1, True),
        (0, 2): ("Tổng số trẻ em", 2, 1, True),
        (0, 3): ("Tổng số trẻ em có hoàn / cảnh đặc biệt", 2, 1, True),
        (0, 4): ("Chia theo loại đối tượng", 1, 14, False),
        **{(1, 4 + i): (group, 1, 1, True) for i, group in enumerate(GROUPS)},
    },
    "603": {
        (0, 0): ("Chỉ tiêu", 2, 1, False),
        (0, 1): ("Mã / số", 2, 1, False),
        (0, 2): ("Chia theo loại đối tượng", 1, 15, False),
        (1, 2): ("Tỷ lệ trẻ em có hoàn cảnh / đặc biệt được chăm sóc", 1, 1, True),
        **{(1, 3 + i): (group, 1, 1, True) for i, group in enumerate(GROUPS)},
    },
    "604": {
        (0, 0): ("Chỉ tiêu", 2, 1, False),
        (0, 1): ("Mã số", 2, 1, False),
        (0, 2): ("Xã phường", 1, 3, False),
        (1, 2): ("Tổng số xã phường", 1, 1, False),
        (1, 3): ("Số xã phường phù / hợp với Trẻ em", 1, 1, False),
        (1, 4): ("Tỷ lệ xã phường phù / hợp với Trẻ em (%)", 1, 1, False),
    },
    "605": {
        (0, 0): ("Chỉ tiêu", 3, 1, False),
        (0, 1): ("Mã / số", 3, 1, False),
        (0, 2): ("Tổng / số", 3, 1, False),
        (0, 3): ("Công lập", 1, 6, False),
        (0, 9): ("Ngoài công lập", 1, 6, False),
        **{
            (1, 3 + 6 * side + 2 * i): (kind, 1, 2, False)
            for side in range(2)
            for i, kind in enumerate(KINDS_605)
        },
        **{(2, 3 + i): (pair, 1, 1, False) for i, pair in enumerate(PAIRS_605)},
    },
}
NUMBERS = {
    "601-602": ("A", "B", 1, 2, 3, 4, 5, 6, 7, 9, None, 10, 11, 12, 13, 14, 15, 16),
    "603": ("A", "B", *range(1, 16)),
    "604": ("A", "B", 1, 2, 3),
    "605": ("A", "B", *range(1, 14)),
}
"""The row below the titles; 601-602 skips 8 and leaves the next cell empty."""

LINES = {
    "601-602": (("Tổng số", 100), *ROWS),
    "603": (("Cả nước", 100), *ROWS),
    "604": (("Tổng số", 100),),
    "605": (("Tổng số", None),),
}
SIGNATURES = (
    "Ngày..... tháng..... năm....",
    "Người lập biểu",
    "Thủ trưởng đơn vị",
    "(Ký, ghi rõ họ tên)",
    "(Ký, đóng dấu, họ tên)",
)
SLICES = {100: ("T", "T"), 110: ("F", "T"), 121: ("T", "U6"), 122: ("T", "6-15"), None: ("T", "T")}
"""Sex and age that a line of the form means, by its code."""

BOUND = {
    "601-602": ("I-0101", "I-0301", *(f"602.{n:02}" for n in range(1, 15))),
    "603": ("I-0302.r", *(f"603.{n:02}.r" for n in range(1, 15))),
    "604": ("units.communes", "I-0104", "I-0104.r"),
    "605": tuple(f"605.{n:02}" for n in range(1, 14)),
}
"""What each column of figures is, in order."""
