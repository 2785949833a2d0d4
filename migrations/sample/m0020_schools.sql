UPDATE schools SET contact = '教务处 010-00000000', version = 2;
