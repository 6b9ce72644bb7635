package xsd

import (
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// wrongValue reports a value that its type does not take.
func (s *Session) wrongValue(e *opened, code diag.Code, suffix, value string, t *simple) {
	s.find(e, code, suffix, value, t.explain(code, []byte(value))...)
}

// explain gives what the message of a wrong value says beside the value.
func (t *simple) explain(code diag.Code, raw []byte) []string {
	allowed := t.allowed()
	if t.members != nil {
		t = t.speaker()
	}
	switch code {
	case CodeTooLong:
		return []string{"limit", strconv.Itoa(t.maxLength), "length", t.measure(raw)}
	case CodeTooShort:
		return []string{"limit", strconv.Itoa(t.minLength), "length", t.measure(raw)}
	case CodeWrongLength:
		return []string{"limit", strconv.Itoa(t.length), "length", t.measure(raw)}
	case CodeNotInList:
		return []string{"allowed", join(quoted(nearestFirst(string(raw), allowed)), ", ")}
	case CodePattern:
		return []string{"pattern", t.patterns[len(t.patterns)-1].text}
	case CodeOutOfRange:
		return []string{"range", t.interval()}
	case CodeTooManyDigits:
		return []string{"total", digits(t.totalDigits), "fraction", digits(t.fractionDigits)}
	}
	return []string{"type", Name{schemaSpace, t.builtin}.String()}
}

func (t *simple) measure(raw []byte) string {
	return strconv.Itoa(t.size(t.space.normalize(raw)))
}

func quoted(values []string) []string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = `"` + value + `"`
	}
	return all
}

// interval writes the limits: "≥ 1", "< 100", "-999 … 999".
func (t *simple) interval() string {
	switch {
	case t.low == nil:
		return t.high.sign("≤ ", "< ")
	case t.high == nil:
		return t.low.sign("≥ ", "> ")
	case t.low.exclusive || t.high.exclusive:
		return t.low.sign("≥ ", "> ") + ", " + t.high.sign("≤ ", "< ")
	}
	return t.low.text + " … " + t.high.text
}

func (b *bound) sign(inclusive, exclusive string) string {
	if b.exclusive {
		return exclusive + b.text
	}
	return inclusive + b.text
}

func digits(n int) string {
	if n < 0 {
		return "∞"
	}
	return strconv.Itoa(n)
}
