package fieldtable

import (
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// Text is a text of one line: line breaks become spaces and blanks around it
// go, since white space counts into the limits.
var Text = Codec[string]{
	Format: func(s string) (string, bool) {
		s = OneLine(s)
		return s, s != ""
	},
	Parse: func(s string) (string, *diag.Issue) { return OneLine(s), nil },
}

// OneLine trims a text and puts its lines into one.
func OneLine(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "\r\n\t") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// Memo is a text of several lines.
var Memo = Codec[string]{
	Format: func(s string) (string, bool) {
		s = lines(s)
		return s, s != ""
	},
	Parse: func(s string) (string, *diag.Issue) { return lines(s), nil },
}

func lines(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

// Decimal is an exact number, written plainly with a decimal point.
var Decimal = Parsed(money.Decimal.IsSet, money.Parse)

// ID is the number of a record; 0 is absent.
var ID = Codec[int64]{
	Format: func(id int64) (string, bool) { return strconv.FormatInt(id, 10), id != 0 },
	Parse: func(s string) (int64, *diag.Issue) {
		id, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		if err != nil {
			return 0, Unreadable(s)
		}
		return id, nil
	},
}

// Parsed is a value that writes itself and has a reader; an empty text is absent.
func Parsed[T interface{ String() string }](given func(T) bool, parse func(string) (T, error)) Codec[T] {
	return Codec[T]{
		Format: func(v T) (string, bool) {
			if !given(v) {
				return "", false
			}
			return v.String(), true
		},
		Parse: func(s string) (T, *diag.Issue) {
			var absent T
			s = strings.TrimSpace(s)
			if s == "" {
				return absent, nil
			}
			v, err := parse(s)
			if err != nil {
				return absent, Unreadable(s)
			}
			return v, nil
		},
	}
}

// Word is a word that is the same on both sides.
func Word[T ~string]() Codec[T] {
	return Codec[T]{
		Format: func(w T) (string, bool) { return string(w), w != "" },
		Parse:  func(s string) (T, *diag.Issue) { return T(strings.TrimSpace(s)), nil },
	}
}

// Words is a word of the model that stands for one of the other side. A word
// that has no counterpart is not written; an empty text is absent.
func Words[T comparable](theirs map[T]string) Codec[T] {
	ours := make(map[string]T, len(theirs))
	for own, their := range theirs {
		ours[their] = own
	}
	return Codec[T]{
		Format: func(own T) (string, bool) {
			their, ok := theirs[own]
			return their, ok
		},
		Parse: func(s string) (T, *diag.Issue) {
			s = strings.TrimSpace(s)
			own, ok := ours[s]
			if !ok && s != "" {
				return own, Unreadable(s)
			}
			return own, nil
		},
	}
}

// Unreadable says that a file has a value which its schema would not allow
// there. What is read is POHODA's, so it is a warning, and the value is absent.
func Unreadable(s string) *diag.Issue { return diag.Warn(CodeUnreadable).WithValue(s) }
