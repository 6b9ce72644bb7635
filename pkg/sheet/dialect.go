package sheet

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
)

// decodeHead gives the beginning of a file as text, up to where it is cut or a
// byte is wrong; Next meets that byte again and reports it.
func decodeHead(head []byte, e charset.Encoding) string {
	text, _ := io.ReadAll(charset.NewReader(bytes.NewReader(head), e))
	return string(text)
}

// letters are those of Czech and Slovak; marks are what else stands in the texts
// of Windows programs.
const (
	letters = "áäčďéěíĺľňóôŕřšťúůýžÁÄČĎÉĚÍĹĽŇÓÔŔŘŠŤÚŮÝŽ"
	marks   = "\u00A0‚„…‘’“”–—‹›«»•·†‰§°±×÷´€™©®µ"
)

// guessPage tells a file in ISO-8859-2 or CP852 from one in Windows-1250, by the words that
// have letters of the one and make no sense in the other. What it cannot tell is left to
// charset.Detect.
func guessPage(head []byte) charset.Encoding {
	if e, _ := charset.Detect(head); e != charset.Windows1250 {
		return charset.Auto
	}
	best, most := charset.Auto, 0
	for _, page := range [...]charset.Encoding{charset.CP852, charset.ISO88592} {
		if page == charset.ISO88592 && slices.ContainsFunc(head, isC1) {
			continue
		}
		if score := scoreAgainstWindows(head, page); score > most {
			best, most = page, score
		}
	}
	return best
}

// isC1 tells the control characters of ISO-8859-2, which no text has: in Windows-1250 they
// are letters and marks.
func isC1(b byte) bool { return 0x80 <= b && b < 0xA0 }

// scoreAgainstWindows counts the letters in words that are letters of the page alone, less
// those that are letters of Windows-1250 alone.
func scoreAgainstWindows(head []byte, page charset.Encoding) (score int) {
	own, windows := bytesOf(page, letters), bytesOf(charset.Windows1250, letters)
	for i, b := range head {
		before, after := byteAt(head, i-1), byteAt(head, i+1)
		switch {
		case !inWord(before) && !inWord(after):
		case own[b] && windows[b]:
			if page == charset.ISO88592 && b == latin2z && isCzechWord(head, i) {
				score++
			}
		case own[b] && (!windowsMark[b] || page == charset.ISO88592 && isLatin2Letter(head, b, inWord(before), inWord(after))):
			score++
		case windows[b]:
			score--
		}
	}
	return score
}

// latin2z is ž in ISO-8859-2 and ľ in Windows-1250.
const latin2z = 0xBE

// isCzechWord tells whether the word around a byte has a letter that Slovak lacks, and so no
// ľ. The letters have the same bytes in both encodings.
func isCzechWord(head []byte, at int) bool {
	from, to := at, at
	for inWord(byteAt(head, from-1)) {
		from--
	}
	for inWord(byteAt(head, to+1)) {
		to++
	}
	return slices.ContainsFunc(head[from:to+1], func(b byte) bool { return czechOnly[b] })
}

var (
	czechOnly  = bytesOf(charset.Windows1250, "ěřůĚŘŮ")
	latin2Caps = bytesOf(charset.ISO88592, "ŠŤŽĽ")
)

// isLatin2Letter tells a letter of ISO-8859-2 from the mark that has its byte in
// Windows-1250: © ® « before a word are Š Ž Ť, unless the file closes quotations by »; µ »
// within a word are letters.
func isLatin2Letter(head []byte, b byte, before, after bool) bool {
	if latin2Caps[b] {
		return after && (before || b != 0xAB || bytes.IndexByte(head, 0xBB) < 0)
	}
	return before && after
}

var windowsMark = bytesOf(charset.Windows1250, marks)

// bytesOf is the set of the bytes of characters.
func bytesOf(e charset.Encoding, characters string) (set [256]bool) {
	raw, _ := e.Append(nil, []byte(characters))
	for _, b := range raw {
		set[b] = true
	}
	return set
}

func byteAt(text []byte, i int) byte {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

// inWord tells a letter, of whichever encoding, from digits and marks.
func inWord(b byte) bool {
	lower := b | 0x20
	return 'a' <= lower && lower <= 'z' || b >= 0x80 && !windowsMark[b]
}

// delimiters are the ones that are found out, the likeliest first.
const delimiters = ";\t,|"

// findDelimiter takes that of a `sep=` line; else of the delimiters, the most
// frequent in one row first, the first with which the required columns are found;
// else the most frequent.
func findDelimiter(text string, o Options) byte {
	line, _, _ := strings.Cut(text, "\n")
	if delimiter, ok := sepLine(strings.TrimSuffix(line, "\r")); ok {
		return delimiter
	}
	candidates := byFrequency(text, max(1, o.HeaderWithin))
	if len(o.Require) > 0 {
		for _, delimiter := range candidates {
			trial := newReader(strings.NewReader(text), "", delimiter)
			if trial.findHeader(o) == nil {
				return delimiter
			}
		}
	}
	return candidates[0]
}

// sepLine reads the line by which Excel is told the delimiter.
func sepLine(line string) (byte, bool) {
	const mark = "sep="
	if len(line) == len(mark)+1 && strings.EqualFold(line[:len(mark)], mark) {
		return line[len(mark)], true
	}
	return 0, false
}

// byFrequency orders the delimiters by how many of them stand in one of the
// first rows outside quotation marks.
func byFrequency(text string, rows int) []byte {
	most := map[byte]int{}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		for i := range len(delimiters) {
			most[delimiters[i]] = max(most[delimiters[i]], countOutside(line, delimiters[i]))
		}
		if rows--; rows == 0 {
			break
		}
	}
	order := []byte(delimiters)
	slices.SortStableFunc(order, func(a, b byte) int { return cmp.Compare(most[b], most[a]) })
	return order
}

func countOutside(line string, delimiter byte) int {
	n, quoted := 0, false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == delimiter && !quoted:
			n++
		}
	}
	return n
}
