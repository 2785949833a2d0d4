"""Writes the workbooks beside it with programs that are not ours: openpyxl 3.1 and XlsxWriter 3.3."""

import datetime

import openpyxl
import xlsxwriter

HEADING = ["姓名", "证件号码", "学历层次", "学号", "手机", "毕业日期"]

book = openpyxl.Workbook()
book.active.title = "说明"
book.active.sheet_state = "hidden"
book.active.append(["不是名单"])
book.create_sheet("空表")
sheet = book.create_sheet("名单")
sheet.append(["2026 届毕业生名单"])
sheet.merge_cells("A1:F1")
sheet.append(HEADING)
sheet.append(["张三", "11010519491231002X", "本科", "20220001", 13800138000.0, datetime.date(2026, 6, 30)])
sheet.append(["李四", 420106199001011234, "硕士", 12345, "'0123", 46203])
sheet.append(["陈䶮", '="0123"', "#N/A", "=1+1", None, None])
for _ in range(3):
    sheet.append(["", None, " "])
sheet.append(["王五", "E12345678"])
book.save("openpyxl.xlsx")

book = xlsxwriter.Workbook("xlsxwriter.xlsx")
sheet = book.add_worksheet("名单")
sheet.write_row(0, 0, HEADING)
date = book.add_format({"num_format": "yyyy-mm-dd"})
sheet.write_row(1, 0, ["赵六", "4.20106E+17", "专科"])
sheet.write_formula(1, 3, "=A2", None, "20220002")
sheet.write_datetime(1, 5, datetime.datetime(2026, 6, 30, 12), date)
sheet.write_boolean(2, 0, True)
sheet.write_rich_string(2, 1, "H", book.add_format({"bold": True}), "12345678")
sheet.write_number(2, 2, 0.5)
book.close()

# libreoffice.xlsx was written by LibreOffice 7.4 out of a CSV file of three lines, its columns read as text and its last as days:
#   soffice --headless --infilter='CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/5' --convert-to xlsx:"Calc MS Excel 2007 XML" roster.csv

# libreoffice.dbf was written by LibreOffice 7.4 as GBK (61) out of a CSV file of three lines, whose headings name the fields' types:
#   "XM,C,20","SFZH,C,18","XH,C,12","RXRQ,D","ZF,N,6,1"
#   张三,11010519491231002X,0012345,2022-09-01,612.5
#   欧阳若水,420106199001011264,12345,2022-09-02,598
#   soffice --headless --infilter='CSV:44,34,76,1,1/2/2/2/3/2/4/5/5/1' --convert-to dbf:dBase:61 roster.csv
