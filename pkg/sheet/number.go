package sheet

import (
	"strings"
	"unicode"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// ParseNumber reads a number as people write it: thousands by spaces (also the
// no-break ones), apostrophes or, before a decimal comma, dots; a decimal comma
// or point; a sign in front or behind, U+2212, brackets for a minus; a currency
// or % around it; ",-" for no decimals. An empty cell is the absent number.
//
// A lone 1.234 may be a thousand or a unit and is refused as number-ambiguous,
// 2,026E+09 has lost digits in a spreadsheet and is number-shortened; all else,
// such as 1,234.50, is bad-number.
func ParseNumber(s string) (money.Decimal, error) {
	n, _, err := ParseAmount(s)
	return n, err
}

// ParseAmount is ParseNumber that also tells the currency that the cell names,
// "" when it names none.
func ParseAmount(s string) (money.Decimal, money.Currency, error) {
	if n, ok := usualNumber(s); ok {
		return n, "", nil
	}
	return anyAmount(s)
}

func anyAmount(s string) (money.Decimal, money.Currency, error) {
	body := strings.TrimFunc(s, unicode.IsSpace)
	if body == "" {
		return money.Decimal{}, "", nil
	}
	body, sign, currency, ok := unwrapAmount(body)
	if !ok {
		return money.Decimal{}, "", diag.New(CodeBadNumber).WithValue(s)
	}
	plain, wrong := plainNumber(body)
	if wrong != "" {
		return money.Decimal{}, "", diag.New(wrong).WithValue(s)
	}
	n, err := money.Parse(plain)
	if err != nil { // too many digits
		return money.Decimal{}, "", diag.New(CodeBadNumber).WithValue(s)
	}
	if sign < 0 {
		n = n.Neg()
	}
	return n, currency, nil
}

// usualNumber reads what most cells hold, "1 234,50" with spaces of one kind, and
// fails on all else, be it a number or not. It is there for the sake of speed
// alone: anyAmount gives the same.
func usualNumber(s string) (money.Decimal, bool) {
	const longest = 24
	var buffer [longest]byte
	whole, fraction, decimals := strings.Cut(s, ",")
	if len(s) > longest || decimals && !allDigits(fraction) {
		return money.Decimal{}, false
	}
	plain, ok := appendThousands(buffer[:0], whole)
	if !ok {
		return money.Decimal{}, false
	}
	if decimals {
		plain = append(append(plain, '.'), fraction...)
	}
	n, err := money.Parse(string(plain))
	return n, err == nil
}

// appendThousands writes a whole number without the spaces between its thousands,
// which must be of one kind.
func appendThousands(dst []byte, s string) ([]byte, bool) {
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		dst, s = append(dst, '-'), rest
	}
	space := " "
	if strings.Contains(s, noBreakSpace) {
		space = noBreakSpace
	}
	for first := true; ; first = false {
		group, rest, more := strings.Cut(s, space)
		if !allDigits(group) || !first && len(group) != 3 || first && more && len(group) > 3 {
			return nil, false
		}
		dst = append(dst, group...)
		if !more {
			return dst, true
		}
		s = rest
	}
}

const noBreakSpace = "\u00A0"

// unwrapAmount takes off what stands around the digits: sign, brackets, unit.
func unwrapAmount(s string) (body string, sign int, currency money.Currency, ok bool) {
	s, sign, currency, ok = peel(s)
	if !ok || sign != 0 || !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
		return s, sign, currency, ok
	}
	s, sign, inner, ok := peel(s[1 : len(s)-1])
	ok = ok && sign == 0 && (inner == "" || currency == "")
	return s, -1, inner + currency, ok
}

// peel takes at most one sign and one unit (a currency or %) off the ends.
func peel(s string) (body string, sign int, currency money.Currency, ok bool) {
	unit := false
	for {
		s = strings.TrimFunc(s, unicode.IsSpace)
		if rest, found := cutSign(s, &sign); found {
			s = rest
			continue
		}
		rest, c, found := cutUnit(s)
		if !found {
			break
		}
		if unit {
			return "", 0, "", false
		}
		s, currency, unit = rest, c, true
	}
	if whole, ok := noDecimals(s); ok {
		s = whole
	}
	return s, sign, currency, true
}

// cutSign takes a sign off either end, unless there has been one.
func cutSign(s string, sign *int) (string, bool) {
	if *sign != 0 {
		return s, false
	}
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		*sign = 1
		return rest, true
	}
	for _, minus := range []string{"-", "−"} {
		rest, ok := strings.CutPrefix(s, minus)
		if !ok {
			rest, ok = strings.CutSuffix(s, minus)
			_, dashes := noDecimals(s)
			ok = ok && !dashes
		}
		if ok {
			*sign = -1
			return rest, true
		}
	}
	return s, false
}

// noDecimals takes off the dashes that stand for no decimals: "1 490,-".
func noDecimals(s string) (whole string, ok bool) {
	whole, dashes, ok := strings.Cut(s, ",")
	return whole, ok && dashes != "" && strings.Trim(dashes, "-−–—") == ""
}

// units are the words and marks of currencies besides the ISO codes; per cent is
// a unit without a currency.
var units = map[string]money.Currency{
	"%": "", "kč": "CZK", "kc": "CZK", "€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "ft": "HUF",
}

// cutUnit takes a currency or a per cent sign off either end.
func cutUnit(s string) (rest string, currency money.Currency, found bool) {
	rest = strings.TrimRightFunc(s, isUnit)
	if currency, found = unitOf(s[len(rest):]); found {
		return rest, currency, true
	}
	rest = strings.TrimLeftFunc(s, isUnit)
	currency, found = unitOf(s[:len(s)-len(rest)])
	return rest, currency, found
}

func isUnit(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) || r == '%' }

func unitOf(word string) (money.Currency, bool) {
	if word == "" {
		return "", false
	}
	if currency, ok := units[strings.ToLower(word)]; ok {
		return currency, true
	}
	currency := money.Currency(strings.ToUpper(word))
	return currency, currency.Known()
}

// plainNumber turns digits with separators into the notation of money.Parse, or
// gives the code of what is wrong with them.
func plainNumber(s string) (plain string, wrong diag.Code) {
	if strings.ContainsAny(s, "eE") && Shortened(s) {
		return "", CodeNumberShortened
	}
	point := strings.LastIndexAny(s, ",.")
	if point >= 0 && s[point] == '.' {
		switch strings.Count(s, ".") {
		case 1:
			if ambiguous(s, point) {
				return "", CodeNumberAmbiguous
			}
		default:
			point = -1 // dots between thousands
		}
	}
	whole, fraction := s, ""
	if point >= 0 {
		whole, fraction = s[:point], s[point+1:]
	}
	digits, ok := joinThousands(whole)
	if point >= 0 {
		ok = ok && allDigits(fraction)
		digits += "." + fraction
	}
	if !ok {
		return "", CodeBadNumber
	}
	return digits, ""
}

// ambiguous tells whether a lone dot may separate thousands: "1.234", but not
// "0.125", "1234.500" or "1 234.500".
func ambiguous(s string, point int) bool {
	whole, fraction := s[:point], s[point+1:]
	return allDigits(whole) && len(whole) <= 3 && whole[0] != '0' && allDigits(fraction) && len(fraction) == 3
}

// Shortened tells a number in a spreadsheet's exponent notation (2,026E+09,
// 4.2077E+11), which keeps a few digits only: what was an order number, an IČO or
// a telephone number is lost.
func Shortened(s string) bool {
	mantissa, exponent, found := strings.Cut(strings.TrimSpace(strings.ToUpper(s)), "E")
	if !found || exponent == "" || exponent[0] != '+' && exponent[0] != '-' {
		return false
	}
	whole, fraction, found := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	return allDigits(whole) && (!found || allDigits(fraction)) && allDigits(exponent[1:])
}

// joinThousands takes out the separators between groups of three digits, which
// must be all of one kind.
func joinThousands(s string) (digits string, ok bool) {
	if allDigits(s) {
		return s, true
	}
	var b strings.Builder
	var separator rune
	group, groups := 0, 0
	for _, r := range s {
		if '0' <= r && r <= '9' {
			group++
			b.WriteRune(r)
			continue
		}
		r = thousands(r)
		firstTooLong := groups == 0 && (group < 1 || group > 3)
		if r == 0 || separator != 0 && r != separator || firstTooLong || groups > 0 && group != 3 {
			return "", false
		}
		separator, group, groups = r, 0, groups+1
	}
	return b.String(), group == 3
}

// thousands gives the kind of a separator of thousands, 0 for none.
func thousands(r rune) rune {
	switch r {
	case ' ', '\u00A0', '\u202F', '\u2009':
		return ' '
	case '\'', '’':
		return '\''
	case '.':
		return '.'
	}
	return 0
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
