package sheet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
)

func TestSniff(t *testing.T) {
	dbf := "\x03\x7E\x03\x10\x02\x00\x00\x00\x61\x00\x20\x00" + string(make([]byte, 60))
	wide, _ := charset.UTF16LE.Append([]byte("\xFF\xFE"), []byte("<?xml version=\"1.0\"?>\r\n<rsp:responsePack/>"))
	tests := []struct{ kind, head string }{
		{"", ""},
		{"xlsx", "PK\x03\x04\x14\x00[Content_Types].xml....PK\x03\x04xl/workbook.xml"},
		{"docx", "PK\x03\x04\x14\x00[Content_Types].xml....PK\x03\x04word/document.xml"},
		{"ods", "PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet"},
		{"isdocx", "PK\x03\x04\x14\x00260100012.isdoc"},
		{"zip", "PK\x03\x04\x14\x00orders.csv"},
		{"xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00"},
		{"mdb", "\x00\x01\x00\x00Standard Jet DB\x00"},
		{"dbf", dbf},
		{"pdf", "%PDF-1.7\n"},
		{"png", "\x89PNG\r\n\x1A\n\x00\x00"},
		{"jpeg", "\xFF\xD8\xFF\xE0\x00\x10JFIF"},
		{"gif", "GIF89a"},
		{"gzip", "\x1F\x8B\x08"},
		{"binary", "\x7FELF\x02\x01\x01\x00\x00\x00\x00\x00"},
		{"responsePack", `<?xml version="1.0" encoding="Windows-1250"?>` + "\n<!-- odpověď -->\n<rsp:responsePack version=\"2.0\" id=\"1\">"},
		{"responsePack", string(wide)},
		{"dataPack", "\xEF\xBB\xBF<dat:dataPack\nid=\"1\">"},
		{"eform", `<eform version="1.3">`},
		{"isdoc", `<Invoice version="6.0.1" xmlns="http://isdoc.cz/namespace/2013">`},
		{"ubl", `<ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">`},
		{"xls", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`},
		{"html", "<!DOCTYPE html>\n<HTML><body>"},
		{"html", "<table border=1><tr>"},
		{"xml", "<prestashop/>"},
		{"xml", "<Invoice>"},
		{"json", ` {"kind": "deal"}`},
		{"json", "[\n  {}]"},
		{"json", "[]"},
		{"json", "["},
		{"json", "{\n  \"a\": {}\n}"},
		{"ndjson", "{\"a\": 1}\r\n{\"a\": 2}\r\n"},
		{"csv", "[ORDER_NUMBER];[CUSTOMER_NOTE]\r\n"},
		{"csv", "[text];[note]\r\n"},
		{"csv", "Číslo;Datum\r\n1\x00;16.3.2026;a longer note, so that one wrong character is not much\r\n"},
		{"csv", "plain text"},
	}
	for _, test := range tests {
		assert.Equal(t, test.kind, Sniff([]byte(test.head)), "%.40q", test.head)
	}
}

func TestSniffSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		head, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, "csv", Sniff(head), file)
	}
}
