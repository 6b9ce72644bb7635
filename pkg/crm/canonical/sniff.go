package canonical

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// The codes of a file that holds no records, by the way out.
var (
	CodeWrongInputKind   = diag.Refused.Code("wrong-input-kind", "kind")
	CodeInputFromPohoda  = diag.Refused.Code("input-from-pohoda", "kind")
	CodeInputSpreadsheet = diag.Refused.Code("input-spreadsheet", "kind")
	CodeInputInvoice     = diag.Refused.Code("input-invoice", "kind")
	CodeInputArchive     = diag.Refused.Code("input-archive", "kind")
)

// wrongKinds are the kinds of file that hold no records of a CRM, by the name
// that sheet.Sniff gives them: what a person calls them, and the code.
var wrongKinds = map[string]struct {
	name string
	code diag.Code
}{
	"responsePack": {"responsePack", CodeInputFromPohoda},
	"dataPack":     {"dataPack", CodeInputFromPohoda},
	"eform":        {"eForm", CodeInputFromPohoda},
	"xlsx":         {"Excel (XLSX)", CodeInputSpreadsheet},
	"xls":          {"Excel (XLS)", CodeInputSpreadsheet},
	"ods":          {"OpenDocument (ODS)", CodeInputSpreadsheet},
	"dbf":          {"dBase (DBF)", CodeInputSpreadsheet},
	"mdb":          {"Access (MDB)", CodeInputSpreadsheet},
	"isdoc":        {"ISDOC", CodeInputInvoice},
	"isdocx":       {"ISDOCX", CodeInputInvoice},
	"ubl":          {"UBL", CodeInputInvoice},
	"zip":          {"ZIP", CodeInputArchive},
	"gzip":         {"gzip", CodeInputArchive},
	"html":         {"HTML", CodeWrongInputKind},
	"xml":          {"XML", CodeWrongInputKind},
	"docx":         {"Word (DOCX)", CodeWrongInputKind},
	"rtf":          {"RTF", CodeWrongInputKind},
	"pdf":          {"PDF", CodeWrongInputKind},
	"png":          {"PNG", CodeWrongInputKind},
	"jpeg":         {"JPEG", CodeWrongInputKind},
	"gif":          {"GIF", CodeWrongInputKind},
	"tiff":         {"TIFF", CodeWrongInputKind},
	"binary":       {"binary", CodeWrongInputKind},
}

// ForeignKind refuses a file that by its beginning holds no records.
func ForeignKind(head []byte, file string) *diag.Issue {
	if wrong, ok := wrongKinds[sheet.Sniff(head)]; ok {
		return diag.New(wrong.code, "kind", wrong.name).WithValue(file).WithPosition(diag.Position{File: file})
	}
	return nil
}

// HoldsJSON tells JSON from CSV.
func HoldsJSON(head []byte, file string) bool {
	return sheet.Sniff(head) != "csv" || slices.Contains(JSONEndings, Ending(file))
}
