package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// plainXML writes an XML document one node a line, so that documents compare by
// what they say: without prefixes, comments, the order of attributes, the
// encoding and blanks between elements.
func plainXML(content string) (string, error) {
	decoder := xml.NewDecoder(strings.NewReader(content))
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		encoding, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return encoding.NewDecoder().Reader(input), nil
	}
	var lines []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return strings.Join(lines, "\n"), nil
		}
		if err != nil {
			return "", err
		}
		switch node := token.(type) {
		case xml.StartElement:
			lines = append(lines, "<"+name(node.Name)+attributes(node.Attr))
		case xml.EndElement:
			lines = append(lines, "/"+name(node.Name))
		case xml.CharData:
			if text := strings.TrimSpace(string(node)); text != "" {
				lines = append(lines, fmt.Sprintf("%q", string(node)))
			}
		}
	}
}

func name(n xml.Name) string { return n.Space + " " + n.Local }

func attributes(all []xml.Attr) string {
	var texts []string
	for _, a := range all {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			texts = append(texts, fmt.Sprintf(" %s=%q", name(a.Name), a.Value))
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, "")
}
