package xsd

import (
	"bytes"
	"io"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// decode turns a document into UTF-8 by its byte order mark or declaration.
func decode(data []byte) (string, error) {
	label := declaredEncoding(data)
	encoding, known := charset.Lookup(label)
	switch {
	case label == "":
		encoding, _ = charset.Detect(data[:min(len(data), 4)])
	case !known:
		return "", diag.New(CodeSchemaUnreadable, "error", "unknown encoding "+label)
	}
	if encoding == charset.UTF8 && utf8.Valid(data) {
		return string(bytes.TrimPrefix(data, []byte("\ufeff"))), nil
	}
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(data), encoding))
	return string(text), err
}

// declaredEncoding gives the encoding that the XML declaration names.
func declaredEncoding(data []byte) string {
	head, _, _ := bytes.Cut(data, []byte("?>"))
	_, label, found := bytes.Cut(head, []byte("encoding="))
	if !bytes.Contains(head, []byte("<?xml")) || !found || len(label) == 0 {
		return ""
	}
	label, _, _ = bytes.Cut(label[1:], label[:1])
	return string(label)
}
