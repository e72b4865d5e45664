"""A list of children by name in an aggregate file is noticed by its column titles."""

import pytest

from ctk.intake.identities import identity_columns


@pytest.mark.parametrize(
    "titles",
    [
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính"],
        ["STT", "HỌ TÊN TRẺ", "Địa chỉ"],
        ["Họ và tên trẻ em", "Họ tên cha"],
        ["ho ten", "nam sinh"],
    ],
)
def test_list_of_children(titles):
    """A name beside a birth date, an address or a parent heads a list of persons."""
    name = next(i for i, title in enumerate(titles) if title.lower().startswith(("họ", "ho")))
    assert [(2, name)] == identity_columns([["BIỂU"], [], titles, [1, "x", "y"]])


@pytest.mark.parametrize(
    "row",
    [
        ["Họ và tên", "Chức vụ"],
        ["Người lập biểu", "Họ và tên"],
        ["Ngày sinh", "Địa chỉ"],
        ["Chỉ tiêu", "Mã số", "Tổng số", "Nam", "Nữ"],
        ["Địa chỉ", "Điện thoại"],
        [1, 2.0, "", None],
    ],
)
def test_no_list(row):
    """A signature, an address line or the form's own header is no list of children."""
    assert identity_columns([row]) == []


def test_only_the_place_is_given():
    """What stands below the titles, the children themselves, is never given on."""
    found = identity_columns([["Họ và tên", "Ngày sinh"], ["Nguyễn Văn A", "01/02/2015"]])
    assert found == [(0, 0)]
