package flow

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// JSONMember is where a member stands in the text of an object.
type JSONMember struct {
	Name string
	// from is the place of its name, NameEnd that behind it.
	From, NameEnd    int
	ValueFrom, Until int
}

// JSONMembers finds the members of an object and the place behind its brace; the
// text must be that of one object. Keys that stand there twice are no fault here.
func JSONMembers(object []byte) (members []JSONMember, open int, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(object), jsontext.AllowDuplicateNames(true))
	if _, err := d.ReadToken(); err != nil {
		return nil, 0, err
	}
	open = int(d.InputOffset())
	for d.PeekKind() == '"' {
		var m JSONMember
		name, err := d.ReadValue()
		if err != nil {
			return nil, 0, err
		}
		m.NameEnd = int(d.InputOffset())
		m.From = m.NameEnd - len(name)
		m.Name = Unquoted(name)
		value, err := d.ReadValue()
		if err != nil {
			return nil, 0, err
		}
		m.Until = int(d.InputOffset())
		m.ValueFrom = m.Until - len(value)
		members = append(members, m)
	}
	_, err = d.ReadToken()
	return members, open, err
}

// Unquoted is the value of a string, or the text of any other value.
func Unquoted(value []byte) string {
	if len(value) == 0 || value[0] != '"' {
		return string(value)
	}
	// The decoder has read it, so there is nothing that could fail.
	text, _ := jsontext.AppendUnquote(nil, value)
	return string(text)
}
