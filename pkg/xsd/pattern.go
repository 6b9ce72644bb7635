package xsd

import (
	"errors"
	"regexp"
	"strings"
)

// pattern is the facet of one restriction: alternatives of which one matches
// the whole value.
type pattern struct {
	text string // as the schema writes it, alternatives joined by |
	re   *regexp.Regexp
}

func newPattern(alternatives []string) (*pattern, error) {
	text := strings.Join(alternatives, "|")
	translated, err := translate(text)
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(`\A(?:` + translated + `)\z`)
	return &pattern{text, re}, err
}

func (p *pattern) matches(v []byte) bool { return p.re.Match(v) }

// escapes are those of XSD's regular expressions that Go writes otherwise,
// outside and inside a character class.
var escapes = map[byte]string{'s': ` \t\n\r`, 'd': `\p{Nd}`, 'D': `\P{Nd}`}

// plainEscapes mean the same in both.
const plainEscapes = `nrt\|.?*+(){}-[]^`

var errPattern = errors.New("a pattern with more than this tool knows")

// translate writes a regular expression of XSD as one of Go: ^ and $ are plain
// characters there, a dot takes all but line ends, and \d any decimal digit.
func translate(text string) (string, error) {
	if strings.Contains(text, "(?") {
		return "", errPattern
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch b := text[i]; b {
		case '^', '$':
			out.WriteString(`\` + string(b))
		case '.':
			out.WriteString(`[^\n\r]`)
		case '\\':
			escaped, err := escape(text[i+1:])
			if err != nil {
				return "", err
			}
			i++
			if text[i] == 's' {
				escaped = "[" + escaped + "]"
			}
			out.WriteString(escaped)
		case '[':
			class, n, err := translateClass(text[i+1:])
			if err != nil {
				return "", err
			}
			out.WriteString("[" + class + "]")
			i += n
		default:
			out.WriteByte(b)
		}
	}
	return out.String(), nil
}

// translateClass writes what stands between the brackets; n is its length with
// the closing one. Subtraction of classes is not known.
func translateClass(text string) (class string, n int, err error) {
	var out strings.Builder
	if strings.HasPrefix(text, "^") {
		out.WriteByte('^')
		n++
	}
	for ; n < len(text); n++ {
		switch b := text[n]; b {
		case ']':
			return out.String(), n + 1, nil
		case '[':
			return "", 0, errPattern
		case '\\':
			escaped, err := escape(text[n+1:])
			if err != nil {
				return "", 0, err
			}
			n++
			out.WriteString(escaped)
		default:
			out.WriteByte(b)
		}
	}
	return "", 0, errPattern
}

// escape translates the escape behind a backslash.
func escape(text string) (string, error) {
	if text == "" {
		return "", errPattern
	}
	if known, ok := escapes[text[0]]; ok {
		return known, nil
	}
	if strings.IndexByte(plainEscapes, text[0]) < 0 {
		return "", errPattern
	}
	return `\` + text[:1], nil
}
