package canonical

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of a value that its field refuses.
var (
	CodeTextExpected     = diag.Refused.Code("text-expected")
	CodeControlCharacter = diag.Refused.Code("control-character", "char")
	CodeValueNotAllowed  = diag.Refused.Code("value-not-allowed", "allowed")
	CodeBadDecimal       = diag.Refused.Code("bad-decimal")
	CodeNumberOutOfRange = diag.Refused.Code("number-out-of-range")
	CodeNotWhole         = diag.Refused.Code("not-whole")
	CodeBadDay           = diag.Refused.Code("bad-day")
	CodeBadTime          = diag.Refused.Code("bad-time")
	CodeBadCountry       = diag.Refused.Code("bad-country")
	CodeBadCurrency      = diag.Refused.Code("bad-currency")
)

// Leaves are the setters of the types that are values of their own.
var Leaves = map[reflect.Type]setter{
	reflect.TypeFor[money.Decimal]():  leaf(readDecimal),
	reflect.TypeFor[trade.Date]():     leaf(readDate),
	reflect.TypeFor[trade.Time]():     leaf(readTime),
	reflect.TypeFor[trade.Flag]():     leaf(readFlag),
	reflect.TypeFor[trade.Free]():     leaf(readFree),
	reflect.TypeFor[int64]():          leaf(readWhole),
	reflect.TypeFor[trade.Country]():  leaf(capitals[trade.Country](2, CodeBadCountry)),
	reflect.TypeFor[money.Currency](): leaf(capitals[money.Currency](3, CodeBadCurrency)),
}

// leaf makes a setter of a reader of one type.
func leaf[T any](read func(*binder, *Node) T) setter {
	return func(b *binder, n *Node, into reflect.Value) {
		*into.Addr().Interface().(*T) = read(b, n)
	}
}

// readDecimal takes a JSON number, or a string in the notation of one.
func readDecimal(b *binder, n *Node) (d money.Decimal) {
	if n.Kind != NumberNode && n.Kind != StringNode {
		b.wrongType(n, "number")
		return d
	}
	d, err := money.Parse(b.code(n))
	switch {
	case err == nil:
	case n.Kind == NumberNode:
		b.Report(n.At, n.Text, CodeNumberOutOfRange)
	default:
		b.Report(n.At, n.Text, CodeBadDecimal)
	}
	return d
}

func readDate(b *binder, n *Node) (d trade.Date) {
	if n.Kind != StringNode {
		b.wrongType(n, "string")
		return d
	}
	d, err := trade.ParseDate(b.code(n))
	if err != nil {
		b.Report(n.At, n.Text, CodeBadDay)
	}
	return d
}

func readTime(b *binder, n *Node) (t trade.Time) {
	if n.Kind != StringNode {
		b.wrongType(n, "string")
		return t
	}
	t, err := trade.ParseTime(b.code(n))
	if err != nil {
		b.Report(n.At, n.Text, CodeBadTime)
	}
	return t
}

func readFlag(b *binder, n *Node) trade.Flag {
	if n.Kind != BoolNode {
		b.wrongType(n, "boolean")
		return trade.Unset
	}
	return trade.FlagOf(n.Text == "true")
}

// readWhole takes a JSON number without a fraction, such as 12 or 1.2e1.
func readWhole(b *binder, n *Node) int64 {
	if n.Kind != NumberNode {
		b.wrongType(n, "number")
		return 0
	}
	d, err := money.Parse(n.Text)
	if err != nil || !d.IsWhole() {
		b.Report(n.At, n.Text, CodeNotWhole)
		return 0
	}
	whole, err := strconv.ParseInt(d.String(), 10, 64)
	if err != nil {
		b.Report(n.At, n.Text, CodeNumberOutOfRange)
	}
	return whole
}

// readFree takes an object of strings, numbers and booleans, all as text.
func readFree(b *binder, n *Node) trade.Free {
	if n.Kind != ObjectNode {
		b.wrongType(n, "object")
		return nil
	}
	if len(n.Members) == 0 {
		return nil
	}
	free := make(trade.Free, len(n.Members))
	for i := range n.Members {
		m := &n.Members[i]
		if m.Value.Kind == NullNode {
			continue
		}
		b.path = append(b.path, step{key: m.Key})
		if m.Value.Scalar() {
			free[m.Key] = b.clean(&m.Value)
		} else {
			b.wrongType(&m.Value, "string")
		}
		b.path = b.path[:len(b.path)-1]
	}
	return free
}

// capitals reads a code of so many capital letters.
func capitals[T ~string](length int, code diag.Code) func(*binder, *Node) T {
	return func(b *binder, n *Node) T {
		if n.Kind != StringNode {
			b.wrongType(n, "string")
			return ""
		}
		strange := func(r rune) bool { return r < 'A' || r > 'Z' }
		text := b.code(n)
		if len(text) != length || strings.ContainsFunc(text, strange) {
			b.Report(n.At, n.Text, code)
			return ""
		}
		return T(text)
	}
}

// stringSetter fills text: of a fixed list when the type has Values.
func stringSetter(t reflect.Type, key string) setter {
	if list, ok := reflect.TypeAssert[interface{ Values() []string }](reflect.Zero(t)); ok {
		return oneOf(list.Values())
	}
	if t == reflect.TypeFor[money.Rounding]() {
		return oneOf(Roundings())
	}
	read := (*binder).clean
	if !slices.Contains(prose, key) {
		read = func(b *binder, n *Node) string { b.clean(n); return b.code(n) }
	}
	return func(b *binder, n *Node, into reflect.Value) {
		switch {
		case n.Kind == StringNode, key == "id" && n.Kind == NumberNode && IsDigits(n.Text):
			into.SetString(read(b, n))
		case n.Kind == NumberNode:
			b.Report(n.At, n.Text, CodeTextExpected)
		default:
			b.wrongType(n, "string")
		}
	}
}

// Roundings are the names of money.Rounding.
func Roundings() (names []string) {
	for _, name := range money.Roundings() {
		names = append(names, string(name))
	}
	return names
}

func oneOf(values []string) setter {
	return func(b *binder, n *Node, into reflect.Value) {
		switch {
		case n.Kind != StringNode:
			b.wrongType(n, "string")
		case slices.Contains(values, b.code(n)):
			into.SetString(charset.WithoutInvisible(n.Text))
		default:
			b.Report(n.At, n.Text, CodeValueNotAllowed, "allowed", strings.Join(values, ", "))
		}
	}
}

// IsDigits tells whether a number's literal is a plain whole one: most CRMs
// write their ids so, and an id is the only text that a number may stand for.
func IsDigits(literal string) bool {
	return strings.IndexFunc(literal, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// prose are the keys of texts that people read. All other texts are numbers,
// codes and ids, which are compared: to them a character that nobody sees makes
// a difference, and none is ever meant.
var prose = []string{
	"name", "nameComplement", "title", "text", "description", "descriptionLong", "note", "internalNote", "value",
	"person", "company", "division", "street", "city", "region", "producer", "orderName", "methodName",
}

// code gives a node's text without the characters that nobody sees, and notes
// that there were some.
func (b *binder) code(n *Node) string {
	if !charset.HasInvisible(n.Text) {
		return n.Text
	}
	plain := charset.WithoutInvisible(n.Text)
	b.tell(n.At, plain, CodeInvisibleDropped)
	return plain
}

// clean gives a node's text and reports a character that no XML can hold.
func (b *binder) clean(n *Node) string {
	for i := range len(n.Text) {
		if c := n.Text[i]; c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c == 0xEF && notCharacter(n.Text[i:]) {
			char, _ := utf8.DecodeRuneInString(n.Text[i:])
			b.Report(n.At, n.Text, CodeControlCharacter, "char", fmt.Sprintf("U+%04X", char))
			break
		}
	}
	return n.Text
}

// notCharacter tells whether a text begins with U+FFFE or U+FFFF.
func notCharacter(text string) bool {
	return strings.HasPrefix(text, "\uFFFE") || strings.HasPrefix(text, "\uFFFF")
}
