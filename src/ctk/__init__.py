"""ctk: check, add up and report Vietnam's child statistics (Circular 13/2021/TT-BLĐTBXH)."""
