package sheet

import "github.com/gopohoda/pohoda/pkg/diag"

// The codes of a file that is no table, of a row that is not sound, and of cells
// that cannot be read.
var (
	CodeEmpty          = diag.Refused.Code("csv-empty")
	CodeBadByte        = diag.Refused.Code("csv-bad-byte", "byte", "encoding")
	CodeDelimiter      = diag.Refused.Code("csv-bad-delimiter")
	CodeOpenQuote      = diag.Refused.Code("csv-open-quote")
	CodeRowTooLong     = diag.Refused.Code("csv-row-too-long")
	CodeTooManyCells   = diag.Refused.Code("csv-too-many-cells", "cells", "columns")
	CodeControl        = diag.Refused.Code("csv-control-character", "character")
	CodeMissingColumns = diag.Refused.Code("csv-missing-columns", "found", "missing", "near")
	CodeColumnTwice    = diag.Refused.Code("csv-column-twice", "columns")

	CodeBadNumber       = diag.Refused.Code("bad-number")
	CodeNumberAmbiguous = diag.Refused.Code("number-ambiguous")
	CodeNumberShortened = diag.Refused.Code("number-shortened")
	CodeBadDate         = diag.Refused.Code("bad-date")
	CodeDateAmbiguous   = diag.Refused.Code("date-ambiguous")
	CodeBadYesNo        = diag.Refused.Code("bad-yes-no")
)
