package sheet

import "github.com/gopohoda/pohoda/pkg/diag"

// The codes of a file that is no table, of a row that is not sound, and of cells
// that cannot be read.
const (
	CodeEmpty          diag.Code = "csv-empty"
	CodeBadByte        diag.Code = "csv-bad-byte"
	CodeDelimiter      diag.Code = "csv-bad-delimiter"
	CodeOpenQuote      diag.Code = "csv-open-quote"
	CodeRowTooLong     diag.Code = "csv-row-too-long"
	CodeTooManyCells   diag.Code = "csv-too-many-cells"
	CodeControl        diag.Code = "csv-control-character"
	CodeMissingColumns diag.Code = "csv-missing-columns"
	CodeColumnTwice    diag.Code = "csv-column-twice"

	CodeBadNumber       diag.Code = "bad-number"
	CodeNumberAmbiguous diag.Code = "number-ambiguous"
	CodeNumberShortened diag.Code = "number-shortened"
	CodeBadDate         diag.Code = "bad-date"
	CodeDateAmbiguous   diag.Code = "date-ambiguous"
	CodeBadYesNo        diag.Code = "bad-yes-no"
)
