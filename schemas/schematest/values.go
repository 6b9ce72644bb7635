package schematest

import (
	"math/rand"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// limits are the lengths of POHODA's texts; texts of these lengths and of one more are tried.
var limits = []int{
	0, 1, 2, 7, 8, 9, 10, 11, 12, 15, 16, 18, 19, 20, 24, 32, 34, 35, 40, 45, 48, 64, 80, 90, 96, 98, 100, 200, 240, 255,
}

// letters fill texts to a length; the last is outside Unicode's first plane and counts as one.
var letters = []string{"x", "ř", "😀"}

// Borderline texts by what they resemble, as they would stand in a file.
var (
	numbers = []string{
		"0", "1", "-1", "+5", "-0", "007", "1.0", "1.", ".5", ".", "-", "+", "-.5e-3", "1e5", "1E+05", "0.1e", "e5", "1e400",
		"1e-400", "3.5e38", "1,5", "1 500", "1\u00a0500", "1_000", "0x1F", "INF", "-INF", "+INF", "inf", "NaN", "nan", "-999", "999",
		"-999.01", "999.5", "20", "21", "10000", "10001", "2147483648", "99999999999999999999", "123456789012345678901234567890",
		" 1 ", "1\n", "\t1", "1 2", "--1", "+-1", "1.2.3", "\u22121", "\u0663", "1&#32;", "&#49;",
	}
	dates = []string{
		"2026-03-02", " 2026-03-02 ", "\n2026-03-02", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2026-04-31",
		"2026-12-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-3-2", "02.03.2026", "20260302", "2026-03",
		"26-03-02", "2026-03-02Z", "2026-03-02z", "2026-03-02+14:00", "2026-03-02+14:01", "2026-03-02-14:00", "2026-03-02-01:60",
		"2026-03-02+1:00", "0000-01-01", "0001-01-01", "-0044-03-15", "12026-03-02", "02026-03-02", "+2026-03-02",
		"2026-03-02T00:00:00", "2026-03-02T08:15:00", "2026-03-02T08:15:00.123456789", "2026-03-02T08:15:00Z",
		"2026-03-02T08:15:00+01:00", "2026-03-02T24:00:00", "2026-03-02T24:00:01", "2026-03-02T25:00:00", "2026-03-02T08:60:00",
		"2026-03-02T08:15:60", "2026-03-02T08:15", "2026-03-02 08:15:00", "2026-03-02T8:15:00", "2026-03-02T08:15:00.",
	}
	words = []string{
		"", " ", "\u00a0", "true", "false", "True", "TRUE", " true", "yes", "none", "high", "ok", "all", "add", "delete", "2.0", "2.1",
		"nullValue", "receivedOrder", "issuedOrder", "prijate_objednavky", "TWE=", "TWE", "T W E =", "TW=E", "=", "TWFu\nTWFu",
		"a@b.cz", "a@b", "a@b.c", "[:AD.Email:]", "[:a b:]", "[::]", "&lt;EmailDokladu&gt;", "&lt;emaildokladu&gt;", "&amp;",
		"a\nb", "a\r\nb", "a\tb", "&#13;", "&#10;", "&#xA0;", "x&#10;", "&#x1F600;",
	}
)

// value picks a text that differs from the old one in kind, length, case or padding.
func value(rng *rand.Rand, old string) string {
	switch rng.Intn(8) {
	case 0:
		n := limits[rng.Intn(len(limits))] + rng.Intn(2)
		return strings.Repeat(letters[rng.Intn(len(letters))], n)
	case 1:
		return reshape(rng, old)
	case 2:
		kinds := [][]string{numbers, dates, words}
		return pickText(rng, kinds[rng.Intn(len(kinds))])
	}
	return pickText(rng, likes(old))
}

func pickText(rng *rand.Rand, texts []string) string { return texts[rng.Intn(len(texts))] }

// likes gives the borderline texts of the kind that the old text seems to be.
func likes(old string) []string {
	if _, err := strconv.ParseFloat(old, 64); err == nil {
		return numbers
	}
	if len(old) >= len(time.DateOnly) {
		if _, err := time.Parse(time.DateOnly, old[:len(time.DateOnly)]); err == nil {
			return dates
		}
	}
	return words
}

// reshape keeps the old text recognisable.
func reshape(rng *rand.Rand, old string) string {
	switch rng.Intn(9) {
	case 0:
		return " " + old
	case 1:
		return old + " "
	case 2:
		return "\n      " + old + "\n    "
	case 3:
		return swapCase(old)
	case 4:
		return strings.ToUpper(old)
	case 5:
		return strings.Replace(old, ".", ",", 1)
	case 6:
		return old + old
	case 7:
		return strconv.Itoa(rng.Intn(10)) + old
	}
	return old + strconv.Itoa(rng.Intn(10))
}

// swapCase changes the case of the first letter.
func swapCase(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case size == 0:
		return s
	case unicode.IsUpper(first):
		return string(unicode.ToLower(first)) + s[size:]
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
