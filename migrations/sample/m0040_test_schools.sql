UPDATE schools SET is_test = true, clock_offset_s = 86400;
