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

// looksLikeCP852 tells whether more words have letters of CP852 that make no
// sense in Windows-1250 than the other way round.
func looksLikeCP852(head []byte) bool {
	if e, _ := charset.Detect(head); e != charset.Windows1250 {
		return false
	}
	dos, windows := bytesOf(charset.CP852, letters), bytesOf(charset.Windows1250, letters)
	score := 0
	for i, b := range head {
		switch {
		case !inWord(byteAt(head, i-1)) && !inWord(byteAt(head, i+1)) || dos[b] && windows[b]:
		case dos[b] && !windowsMark[b]:
			score++
		case windows[b]:
			score--
		}
	}
	return score > 0
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
