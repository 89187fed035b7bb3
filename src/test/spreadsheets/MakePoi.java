import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Makes the files that Apache POI can write: java -cp CLASSPATH MakePoi.java FOLDER */
class MakePoi {
  static String folder;

  public static void main(String[] arguments) throws Exception {
    folder = arguments[0];
    save(fill(new HSSFWorkbook(), true), "poi-types.xls");
    save(fill(new HSSFWorkbook(), false), "poi-uncalculated.xls");
    save(fill(new XSSFWorkbook(), true), "poi-types.xlsx");
    save(fill(new SXSSFWorkbook(10), true), "poi-streamed.xlsx");
    Biff8EncryptionKey.setCurrentUserPassword("secret");
    save(fill(new HSSFWorkbook(), true), "refuse-encrypted-cryptoapi.xls");
    Biff8EncryptionKey.setCurrentUserPassword(null);
    encrypted(EncryptionMode.agile, "refuse-encrypted-agile.xlsx");
    encrypted(EncryptionMode.standard, "refuse-encrypted-standard.xlsx");
    var protectedSheet = new XSSFWorkbook();
    var sheet = protectedSheet.createSheet("protected");
    sheet.protectSheet("secret");
    sheet.createRow(0).createCell(0).setCellValue("readable, only protected against change");
    protectedSheet.lockStructure();
    save(protectedSheet, "poi-protected-sheet.xlsx");
  }

  static Workbook fill(Workbook workbook, boolean calculated) {
    var style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd hh:mm"));
    var built = workbook.createCellStyle();
    built.setDataFormat((short) 14);
    var sheet = workbook.createSheet("名录");
    var row = sheet.createRow(0);
    row.createCell(0).setCellValue("0012345");
    row.createCell(1).setCellValue("重点单位");
    row.createCell(3).setCellValue(12.25);
    row.createCell(4).setCellValue(true);
    row.createCell(5).setCellErrorValue(FormulaError.NA.getCode());
    row = sheet.createRow(4);
    row.createCell(0).setCellValue(46328);
    row.createCell(1).setCellValue(46328.5);
    row.getCell(1).setCellStyle(style);
    row.createCell(2).setCellValue(46328);
    row.getCell(2).setCellStyle(built);
    row.createCell(3, CellType.BLANK).setCellStyle(style);
    row = sheet.createRow(6);
    row.createCell(0).setCellFormula("1+2");
    row.createCell(1).setCellFormula("\"a\"&\"b\"");
    row.createCell(2).setCellFormula("1=1");
    row.createCell(3).setCellFormula("1/0");
    row.createCell(4).setCellFormula("\"\"");
    if (calculated) {
      var evaluator = workbook.getCreationHelper().createFormulaEvaluator();
      for (var cell : row) {
        evaluator.evaluateFormulaCell(cell);
      }
    }
    sheet.addMergedRegion(new CellRangeAddress(9, 11, 0, 2));
    sheet.createRow(9).createCell(0).setCellValue("并");
    workbook.createSheet("hidden").createRow(0).createCell(0).setCellValue("x");
    workbook.setSheetVisibility(1, SheetVisibility.HIDDEN);
    workbook.createSheet("very").createRow(0).createCell(0).setCellValue("x");
    workbook.setSheetVisibility(2, SheetVisibility.VERY_HIDDEN);
    var big = workbook.createSheet("大");
    for (int r = 0; r < 200; r++) {
      var line = big.createRow(r * 2);
      line.createCell(0).setCellValue("第" + r + "单位");
      line.createCell(2).setCellValue(r / 3.0);
    }
    return workbook;
  }

  static void encrypted(EncryptionMode mode, String name) throws Exception {
    try (var container = new POIFSFileSystem()) {
      var encryptor = new EncryptionInfo(mode).getEncryptor();
      encryptor.confirmPassword("secret");
      try (OutputStream out = encryptor.getDataStream(container)) {
        fill(new XSSFWorkbook(), true).write(out);
      }
      try (var out = new FileOutputStream(new File(folder, name))) {
        container.writeFilesystem(out);
      }
    }
  }

  static void save(Workbook workbook, String name) throws Exception {
    try (var out = new FileOutputStream(new File(folder, name))) {
      workbook.write(out);
    }
  }
}
