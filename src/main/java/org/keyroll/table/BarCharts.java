package org.keyroll.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.PresetColor;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFShapeProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/** Draws the charts of a table; it keeps the values that they show, for the rows are streamed. */
final class BarCharts {
  private static final int WIDTH = 8;
  private static final int ROWS = 14;

  private final SheetContent content;
  private final List<List<String>> labels = new ArrayList<>();
  private final List<List<Double>> values = new ArrayList<>();
  private int rows;

  BarCharts(SheetContent content) {
    this.content = content;
    content.charts().forEach(c -> labels.add(new ArrayList<>()));
    content.charts().forEach(c -> values.add(new ArrayList<>()));
  }

  void see(List<? extends @Nullable Object> row) {
    for (int i = 0; i < content.charts().size(); i++) {
      var chart = content.charts().get(i);
      if (rows >= chart.from() && rows < chart.to()) {
        labels.get(i).add(String.valueOf(row.get(chart.labels())));
        values.get(i).add(row.get(chart.values()) instanceof Number n ? n.doubleValue() : 0.0);
      }
    }
    rows++;
  }

  /**
   * Puts the charts in.
   *
   * @param firstRow the first row of data in the sheet, from 0
   */
  void draw(XSSFSheet sheet, int firstRow) {
    for (int i = 0; i < content.charts().size(); i++) {
      if (!labels.get(i).isEmpty()) {
        draw(sheet, firstRow, i);
      }
    }
  }

  private void draw(XSSFSheet sheet, int firstRow, int number) {
    var chart = content.charts().get(number);
    int left = content.columns().size() + 1;
    int top = firstRow - 1 + number * (ROWS + 1);
    var drawing = sheet.createDrawingPatriarch();
    var anchor = drawing.createAnchor(0, 0, 0, 0, left, top, left + WIDTH, top + ROWS);
    XSSFChart made = drawing.createChart(anchor);
    made.setTitleText(chart.title());
    made.setTitleOverlay(false);
    var categories = made.createCategoryAxis(AxisPosition.LEFT);
    categories.setOrientation(AxisOrientation.MAX_MIN);
    var lengths = made.createValueAxis(AxisPosition.TOP);
    lengths.setCrosses(AxisCrosses.AUTO_ZERO);
    lengths.setMinimum(0);
    lengths.setNumberFormat("0");
    var data = made.createData(ChartTypes.BAR, categories, lengths);
    ((XDDFBarChartData) data).setBarDirection(BarDirection.BAR);
    int from = firstRow + chart.from();
    int to = from + labels.get(number).size() - 1;
    var series =
        data.addSeries(
            XDDFDataSourcesFactory.fromArray(
                labels.get(number).toArray(String[]::new), range(sheet, from, to, chart.labels())),
            XDDFDataSourcesFactory.fromArray(
                values.get(number).toArray(Double[]::new), range(sheet, from, to, chart.values())));
    series.setTitle(content.columns().get(chart.values()).heading(), null);
    var look = new XDDFShapeProperties();
    look.setFillProperties(new XDDFSolidFillProperties(XDDFColor.from(PresetColor.STEEL_BLUE)));
    series.setShapeProperties(look);
    made.plot(data);
  }

  private static String range(XSSFSheet sheet, int from, int to, int column) {
    return new CellRangeAddress(from, to, column, column)
        .formatAsString(sheet.getSheetName(), true);
  }
}
