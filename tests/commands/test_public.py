"""Public copies on the command line."""


def test_a_list_of_what_is_withheld_needs_a_public_copy(ctk, tmp_path):
    """Without --public nothing is withheld that could be listed: wrong usage, nothing written."""
    listed = tmp_path / "list.csv"
    answer = ctk("report", "-p", "2022-6m", "-o", tmp_path / "out", "--withheld", listed)
    assert answer.code == 2
    assert not listed.exists()
