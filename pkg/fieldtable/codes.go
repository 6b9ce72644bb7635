package fieldtable

import "github.com/gopohoda/pohoda/pkg/diag"

// The codes of the fit pass, and of a value that cannot be read.
var (
	CodeTooLong    = diag.Refused.Code("text-too-long", "label", "length", "limit")
	CodeNeverCut   = diag.Refused.Code("identifier-too-long", "label", "length", "limit")
	CodeTooMany    = diag.Refused.Code("list-too-long", "count", "label", "limit")
	CodeCut        = diag.Warning.Code("text-cut", "label", "length", "limit")
	CodeUnmappable = diag.Refused.Code("character-unmappable", "characters", "encoding", "label")
	CodeUnlike     = diag.Refused.Code("character-unlike", "characters", "encoding", "label")
	CodeReferenced = diag.Warning.Code("character-referenced", "characters", "encoding", "label", "references")
	// CodeLikened: characters that the encoding lacks travel as what says the same, m² as m2.
	CodeLikened = diag.Note.Code("character-likened", "characters", "encoding", "label")
	// CodeDropped: characters that have no likeness were dropped from a text.
	CodeDropped  = diag.Warning.Code("character-dropped", "characters", "encoding", "label", "text")
	CodeReplaced = diag.Warning.Code("character-replaced", "characters", "encoding", "label", "text")
	// CodeGarbled: a text reads as if it went through a wrong encoding; {text} is what it
	// most likely was.
	CodeGarbled = diag.Warning.Code("text-garbled", "label", "text")
	// CodeMarkup: a text has entities or tags of HTML; {text} is what it says without them.
	CodeMarkup = diag.Warning.Code("text-markup", "label", "text")
	// CodeRequired: the other system makes nothing without a value that the record lacks.
	CodeRequired   = diag.Refused.Code("field-required", "label")
	CodeUnreadable = diag.Warning.Code("value-unreadable")
	// CodePricesMixed: some lines of a document have prices with VAT and others
	// without.
	CodePricesMixed = diag.Warning.Code("prices-mixed")
)
