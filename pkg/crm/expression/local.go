package expression

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeZerosRestored notes a number whose leading zeros a spreadsheet has eaten.
var CodeZerosRestored = diag.Note.Code("zeros-restored", "restored")

// CodeLookupAmbiguous is the code of a key that several records have which differ.
var CodeLookupAmbiguous = diag.Refused.Code("lookup-ambiguous", "key", "one", "other", "what")

// CodeProfileWarning is what a profile says itself of a record.
var CodeProfileWarning = diag.Warning.Code("profile-warning", "text")

// icoOf is ico(number, country): a Czech or Slovak IČO with the zeros put back
// that a spreadsheet takes from its beginning; an IČO has eight digits. Without
// a country the record is taken for a domestic one.
func icoOf(args ...any) (any, error) {
	text, country, err := textAndCountry(args)
	if err != nil || text == "" {
		return nil, err
	}
	if country != "" && country != "CZ" && country != "SK" {
		return text, nil
	}
	digits := withoutBlanks(text)
	if !plainDigits(digits) {
		return text, nil
	}
	return restoreZeros(args[0].(runner), digits, 8), nil
}

// zipOf is zip(code, country): a Czech or Slovak postal code as the post writes
// it, "602 00". Slovak codes may begin with a zero; only there a code of four
// digits is certain to have lost one.
func zipOf(args ...any) (any, error) {
	text, country, err := textAndCountry(args)
	if err != nil || text == "" {
		return nil, err
	}
	digits := withoutBlanks(text)
	if country == "SK" && plainDigits(digits) && len(digits) == 4 {
		digits = restoreZeros(args[0].(runner), digits, 5)
	}
	if domestic := country == "" || country == "CZ" || country == "SK"; domestic && plainDigits(digits) && len(digits) == 5 {
		return digits[:3] + " " + digits[3:], nil
	}
	return text, nil
}

func textAndCountry(args []any) (text, country string, err error) {
	if text, err = TextOf(args[1]); err == nil {
		country, err = TextOf(args[2])
	}
	return strings.TrimSpace(text), country, err
}

func restoreZeros(r runner, digits string, length int) string {
	if len(digits) >= length {
		return digits
	}
	restored := strings.Repeat("0", length-len(digits)) + digits
	r.Report(diag.Notice(CodeZerosRestored, "restored", restored).WithValue(digits))
	return restored
}

func withoutBlanks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || charset.Invisible(r) {
			return -1
		}
		return r
	}, text)
}

func plainDigits(text string) bool { return text != "" && canonical.IsDigits(text) }

// account is [prefix-]number/bank, as Czech and Slovak banks write it.
var account = regexp.MustCompile(`^((?:\d{1,6}-)?\d{2,10})/(\d{4})$`)

// iban is an account number of ISO 13616.
var iban = regexp.MustCompile(`^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$`)

// accountOf gives a bank account as the list of one that a party has: number
// and bank code, or an IBAN. Another notation is kept as the number.
func accountOf(args ...any) (any, error) {
	text, err := TextOf(args[0])
	if err != nil || Blank(text) {
		return nil, err
	}
	plain := withoutBlanks(text)
	one := map[string]any{"number": text}
	if parts := account.FindStringSubmatch(plain); parts != nil {
		one = map[string]any{"number": parts[1], "bankCode": parts[2]}
	} else if iban.MatchString(plain) {
		one = map[string]any{"iban": plain}
	}
	return []any{one}, nil
}

var leadingNumber = regexp.MustCompile(`\d{1,4}`)

// daysOf finds the number of days in a term of payment such as "14 dní".
func daysOf(args ...any) (any, error) {
	text, err := TextOf(args[0])
	if err != nil {
		return nil, err
	}
	if number := leadingNumber.FindString(text); number != "" {
		return literal(strings.TrimLeft(number[:len(number)-1], "0") + number[len(number)-1:]), nil
	}
	return nil, nil
}

// warnOf is warn(text, value): what a profile leaves out, and says so.
func warnOf(args ...any) (any, error) {
	said, err := TextOf(args[1])
	if err != nil || absent(args[2]) {
		return nil, err
	}
	value, err := TextOf(args[2])
	if err != nil {
		return nil, err
	}
	args[0].(runner).Report(diag.Warn(CodeProfileWarning, "text", said).WithValue(canonical.Visible(value)))
	return args[2], nil
}

// KeyOf is a key as it is compared, in a further record and where one is looked up.
func KeyOf(text string) string { return strings.TrimSpace(charset.WithoutInvisible(text)) }

// lookupOf is lookup(map, value).
func lookupOf(args ...any) (any, error) {
	name, _ := args[1].(string)
	text, err := TextOf(args[2])
	if err != nil || Blank(text) {
		return nil, err
	}
	return args[0].(runner).Lookup(name, KeyOf(text))
}

// recordFunction is record(lookup, id): a further record out of the files of
// --with.
func recordFunction(args ...any) (any, error) {
	name, _ := args[1].(string)
	id, err := TextOf(args[2])
	if err != nil || Blank(id) {
		return nil, err
	}
	return args[0].(runner).Record(name, KeyOf(id))
}

// recordsFunction is records(lookup, key): all further records of a key.
func recordsFunction(args ...any) (any, error) {
	name, _ := args[1].(string)
	id, err := TextOf(args[2])
	if err != nil || Blank(id) {
		return nil, err
	}
	return args[0].(runner).Records(name, KeyOf(id))
}
