#!/usr/bin/env bash
# Makes workbooks of other kinds from the made xlsx: convert.sh FOLDER, where they are
set -e
cd "$1"
soffice="soffice -env:UserInstallation=file:///tmp/keyroll-convert --headless"
to() { # kind, filter, names
  local kind=$1 filter=$2; shift 2
  for name in "$@"; do
    cp "$name.xlsx" "libreoffice-$name.xlsx.tmp.xlsx"
    $soffice --convert-to "$filter" "libreoffice-$name.xlsx.tmp.xlsx" > /dev/null 2>&1
    mv "libreoffice-$name.xlsx.tmp.$kind" "libreoffice-$name.$kind"
    rm "libreoffice-$name.xlsx.tmp.xlsx"
  done
}
to ods ods exceljs-types hand-booleans hand-built-in-formats hand-chart-and-dialog hand-empty-sheetdata hand-external-link \
  hand-formats hand-formulas hand-like-google-sheets hand-merged hand-minimal hand-no-references hand-numbers \
  hand-pretty-printed hand-shared-strings-any-order hand-strict-1904 hand-strict hand-texts hand-typical \
  openpyxl-1904 openpyxl-codes openpyxl-formats openpyxl-hidden openpyxl-rich openpyxl-title-merged openpyxl-types \
  openpyxl-wide poi-types pyexcelerate-types sheetjs-1904 sheetjs-types xlsxwriter-1904 \
  xlsxwriter-builtin-formats xlsxwriter-days-1900 xlsxwriter-days-1904 xlsxwriter-formulas xlsxwriter-many-sheets \
  xlsxwriter-rich xlsxwriter-types
to ots ots xlsxwriter-types
to xls xls hand-formats hand-numbers hand-texts openpyxl-codes openpyxl-formats openpyxl-rich xlsxwriter-days-1900 \
  xlsxwriter-many-sheets
node "$OLDPWD/${0%/*}/convert.js" exceljs-types hand-booleans hand-formulas hand-merged \
  hand-sheet-states openpyxl-1904 openpyxl-codes openpyxl-rich openpyxl-title-merged \
  openpyxl-types openpyxl-wide poi-types xlsxwriter-rich xlsxwriter-types
