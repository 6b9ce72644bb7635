package fieldtable

import "github.com/gopohoda/pohoda/pkg/diag"

// The codes of the fit pass, and of a value that cannot be read.
const (
	CodeTooLong    diag.Code = "text-too-long"
	CodeNeverCut   diag.Code = "identifier-too-long"
	CodeTooMany    diag.Code = "list-too-long"
	CodeCut        diag.Code = "text-cut"
	CodeUnmappable diag.Code = "character-unmappable"
	CodeUnlike     diag.Code = "character-unlike"
	CodeReferenced diag.Code = "character-referenced"
	CodeReplaced   diag.Code = "character-replaced"
	CodeUnreadable diag.Code = "value-unreadable"
)
