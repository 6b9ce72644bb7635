package flow

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonMember is where a member stands in the text of an object.
type jsonMember struct {
	name string
	// from is the place of its name, nameEnd that behind it.
	from, nameEnd    int
	valueFrom, until int
}

// jsonMembers finds the members of an object and the place behind its brace; the
// text must be that of one object. Keys that stand there twice are no fault here.
func jsonMembers(object []byte) (members []jsonMember, open int, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	if _, err := d.ReadToken(); err != nil {
		return nil, 0, err
	}
	open = int(d.InputOffset())
	for d.PeekKind() == '"' {
		var m jsonMember
		name, err := d.ReadValue()
		if err != nil {
			return nil, 0, err
		}
		m.nameEnd = int(d.InputOffset())
		m.from = m.nameEnd - len(name)
		m.name = unquoted(name)
		value, err := d.ReadValue()
		if err != nil {
			return nil, 0, err
		}
		m.until = int(d.InputOffset())
		m.valueFrom = m.until - len(value)
		members = append(members, m)
	}
	_, err = d.ReadToken()
	return members, open, err
}

// unquoted is the value of a string, or the text of any other value.
func unquoted(value []byte) string {
	if len(value) == 0 || value[0] != '"' {
		return string(value)
	}
	// The decoder has read it, so there is nothing that could fail.
	text, _ := jsontext.AppendUnquote(nil, value)
	return string(text)
}
