package sheet

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
)

// Sniff names what a file is by its beginning, a few kilobytes of it:
//
//   - by its first bytes: "xlsx", "ods", "docx", "isdocx", "zip", "gzip", "xls"
//     (also other old Office files), "dbf", "mdb", "pdf", "rtf", "png", "jpeg", "gif",
//     "tiff";
//   - by the root of an XML document: "responsePack", "dataPack", "eform" (those of
//     POHODA), "isdoc", "ubl", "xls" (Excel 2003), else "xml"; "html";
//   - "json" and "ndjson"; "" for an empty file; "binary" for what is no text;
//   - "csv" for any other text.
func Sniff(head []byte) string {
	if kind := byMagic(head); kind != "" {
		return kind
	}
	encoding, _ := charset.Detect(head)
	text := strings.TrimSpace(decodeHead(head, encoding))
	switch {
	case len(head) == 0:
		return ""
	case manyControls(text):
		return "binary"
	case strings.HasPrefix(text, "<"):
		return byRoot(text)
	case looksLikeJSON(text):
		return jsonKind(text)
	}
	return "csv"
}

// manyControls tells binary data from a text in which a few characters are wrong.
func manyControls(text string) bool {
	const oneIn = 50
	n := 0
	for i := range len(text) {
		if isControl(text[i]) {
			n++
		}
	}
	return n*oneIn > len(text)
}

// magic are the first bytes of binary files.
var magic = []struct{ kind, bytes string }{
	{"xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"},
	{"mdb", "\x00\x01\x00\x00Standard "},
	{"gzip", "\x1F\x8B"},
	{"pdf", "%PDF-"},
	{"rtf", `{\rtf`},
	{"png", "\x89PNG\r\n\x1A\n"},
	{"jpeg", "\xFF\xD8\xFF"},
	{"gif", "GIF8"},
	{"tiff", "II*\x00"},
	{"tiff", "MM\x00*"},
}

// zipped are what the names of the files in a ZIP archive tell.
var zipped = []struct{ kind, name string }{
	{"xlsx", "xl/"}, {"docx", "word/"}, {"ods", "opendocument.spreadsheet"}, {"isdocx", ".isdoc"},
}

func byMagic(head []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.kind
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		for _, z := range zipped {
			if bytes.Contains(head, []byte(z.name)) {
				return z.kind
			}
		}
		return "zip"
	}
	if isDBF(head) {
		return "dbf"
	}
	return ""
}

// isDBF looks at the fixed part of a dBase header: version, date, and the length
// of a header that holds whole field descriptions of 32 bytes, which Visual
// FoxPro follows by 263 bytes more.
func isDBF(head []byte) bool {
	if len(head) < 32 || strings.IndexByte("\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8B\xCB\xF5", head[0]) < 0 {
		return false
	}
	month, day := head[2], head[3]
	length, record := binary.LittleEndian.Uint16(head[8:]), binary.LittleEndian.Uint16(head[10:])
	return 1 <= month && month <= 12 && 1 <= day && day <= 31 && record > 0 &&
		length > 32 && (length%32 <= 1 || (length-263)%32 == 1)
}

// roots are the document elements that are known, by local name and, where the
// name alone says too little, a part of the namespace.
var roots = []struct{ kind, name, namespace string }{
	{"responsePack", "responsePack", ""},
	{"dataPack", "dataPack", ""},
	{"eform", "eform", ""},
	{"isdoc", "Invoice", "isdoc.cz"},
	{"ubl", "Invoice", "oasis:names:specification:ubl"},
	{"ubl", "CreditNote", "oasis:names:specification:ubl"},
	{"ubl", "Order", "oasis:names:specification:ubl"},
	{"xls", "Workbook", "schemas-microsoft-com:office"},
	{"html", "html", ""},
	{"html", "table", ""},
}

func byRoot(text string) string {
	tag := rootTag(text)
	name, _, _ := strings.Cut(tag, " ")
	if _, local, found := strings.Cut(name, ":"); found {
		name = local
	}
	for _, root := range roots {
		sameName := name == root.name || root.kind == "html" && strings.EqualFold(name, root.name)
		if sameName && strings.Contains(tag, root.namespace) {
			return root.kind
		}
	}
	return "xml"
}

// rootTag gives the inside of the first start tag, behind declarations and
// comments, with its blanks made spaces.
func rootTag(text string) string {
	for strings.HasPrefix(text, "<") {
		end := ">"
		if strings.HasPrefix(text, "<!--") {
			end = "-->"
		}
		tag, rest, _ := strings.Cut(text[1:], end)
		if !strings.HasPrefix(tag, "?") && !strings.HasPrefix(tag, "!") {
			return strings.TrimSuffix(strings.Join(strings.Fields(tag), " "), "/")
		}
		text = strings.TrimSpace(rest)
	}
	return ""
}

// looksLikeJSON tells an object or an array from a CSV header in brackets, such
// as Upgates' [ORDER_NUMBER].
func looksLikeJSON(text string) bool {
	if rest, ok := strings.CutPrefix(text, "["); ok {
		return jsonValue.MatchString(rest)
	}
	return strings.HasPrefix(text, "{")
}

// jsonValue is how the inside of an array begins, or all that was read of it.
var jsonValue = regexp.MustCompile(`^\s*([{["\]\-0-9]|true|false|null|$)`)

// jsonKind tells one value a line from one value.
func jsonKind(text string) string {
	first, rest, _ := strings.Cut(text, "\n")
	if strings.HasSuffix(strings.TrimSpace(first), "}") && strings.HasPrefix(strings.TrimSpace(rest), "{") {
		return "ndjson"
	}
	return "json"
}
