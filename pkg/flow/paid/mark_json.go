package paid

import (
	"bytes"
	"slices"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/money"
)

// setMember gives the object with a member set to a value, or without it when
// the value is nil. Whatever else the text holds stays as it is, and a new
// member is laid out as the last one is. A value that means the same stays.
func setMember(object []byte, name string, value []byte) ([]byte, error) {
	members, open, err := flow.JSONMembers(object)
	if err != nil {
		return nil, err
	}
	for i, m := range members {
		switch {
		case m.Name != name:
		case value == nil:
			return cutMember(object, members, i), nil
		case meansSame(object[m.ValueFrom:m.Until], value):
			return object, nil
		default:
			return splice(object, m.ValueFrom, m.Until, value), nil
		}
	}
	if value == nil {
		return object, nil
	}
	if len(members) == 0 {
		return splice(object, open, open, slices.Concat([]byte(`"`+name+`":`), value)), nil
	}
	last := members[len(members)-1]
	before, colon := object[:last.From], object[last.NameEnd:last.ValueFrom]
	blanks := before[len(bytes.TrimRight(before, " \t\r\n")):]
	if len(members) == 1 && len(blanks) == 0 {
		_, blanks, _ = bytes.Cut(colon, []byte(":"))
	}
	text := slices.Concat([]byte(","), blanks, []byte(`"`+name+`"`), colon, value)
	return splice(object, last.Until, last.Until, text), nil
}

// cutMember takes a member out with the comma that parts it from its neighbour.
func cutMember(object []byte, members []flow.JSONMember, i int) []byte {
	switch {
	case i > 0:
		return splice(object, members[i-1].Until, members[i].Until, nil)
	case len(members) > 1:
		return splice(object, members[0].From, members[1].From, nil)
	}
	return splice(object, members[0].From, members[0].Until, nil)
}

func splice(text []byte, from, to int, with []byte) []byte {
	return slices.Concat(text[:from], with, text[to:])
}

// meansSame tells whether two values are the same text or the same number, which
// may be written as a text too.
func meansSame(a, b []byte) bool {
	one, other := flow.Unquoted(a), flow.Unquoted(b)
	if one == other {
		return true
	}
	x, errX := money.Parse(one)
	y, errY := money.Parse(other)
	return errX == nil && errY == nil && x.Equal(y)
}
