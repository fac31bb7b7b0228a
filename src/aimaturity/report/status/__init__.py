"""The status of a programme, as a page, a workbook and lines on a terminal."""
