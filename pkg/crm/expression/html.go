package expression

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// lineTags are the elements after which a new line begins.
var lineTags = map[string]bool{
	"br": true, "p": true, "div": true, "li": true, "tr": true, "ul": true, "ol": true, "table": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "pre": true,
}

// inlineTags are elements that break no line. Anything else in angle brackets is text: a
// cable <red> is one.
var inlineTags = map[string]bool{
	"a": true, "abbr": true, "b": true, "big": true, "body": true, "center": true, "code": true, "dd": true, "del": true,
	"dl": true, "dt": true, "em": true, "figure": true, "font": true, "footer": true, "header": true, "hr": true, "html": true,
	"i": true, "img": true, "ins": true, "label": true, "meta": true, "s": true, "section": true, "small": true, "span": true,
	"strike": true, "strong": true, "sub": true, "sup": true, "tbody": true, "td": true, "th": true, "thead": true, "title": true,
	"u": true, "article": true, "link": true, "!doctype": true,
}

// entity is a reference to a character; without its semicolon it is text (Rock&notes).
var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// hiddenTags are the elements whose content is not text.
var hiddenTags = map[string]bool{"script": true, "style": true, "head": true}

// HasMarkup tells whether PlainText would read a text otherwise than it stands.
func HasMarkup(text string) bool {
	if strings.IndexByte(text, '&') >= 0 && unescape(text) != text {
		return true
	}
	for {
		_, rest, found := strings.Cut(text, "<")
		if !found {
			return false
		}
		if _, _, isTag := cutTag(rest); isTag {
			return true
		}
		text = rest
	}
}

func unescape(text string) string { return entity.ReplaceAllStringFunc(text, html.UnescapeString) }

// PlainText gives the text of an HTML description: breaks and blocks become
// lines, tags and comments go, entities become characters. A text that is not
// HTML stays as it is but for blanks at the ends of its lines.
func PlainText(source string) string {
	var out strings.Builder
	for source != "" {
		text, rest, found := strings.Cut(source, "<")
		out.WriteString(text)
		if !found {
			break
		}
		name, after, isTag := cutTag(rest)
		if !isTag {
			out.WriteByte('<')
			source = rest
			continue
		}
		source = after
		if lineTags[strings.TrimPrefix(name, "/")] {
			out.WriteByte('\n')
		}
		if hiddenTags[name] {
			source = behind(source, "</"+name)
		}
	}
	return tidyLines(unescape(out.String()))
}

// cutTag reads a tag or comment behind its "<": the lower-case name, with the
// slash of an end tag, and what follows.
func cutTag(text string) (name, rest string, ok bool) {
	if comment, found := strings.CutPrefix(text, "!--"); found {
		_, rest, _ = strings.Cut(comment, "-->")
		return "", rest, true
	}
	inside, rest, closed := strings.Cut(text, ">")
	name = strings.TrimPrefix(inside, "/")
	if !closed {
		return "", "", false
	}
	end := strings.IndexFunc(name, func(r rune) bool { return r == '/' || unicode.IsSpace(r) })
	if end >= 0 {
		name = name[:end]
	}
	name = strings.ToLower(name)
	if name == "" || !lineTags[name] && !hiddenTags[name] && !inlineTags[name] {
		return "", "", false
	}
	if inside[0] == '/' {
		name = "/" + name
	}
	return name, rest, true
}

// behind gives what follows an end tag, nothing when it is not there.
func behind(text, endTag string) string {
	for at := range max(0, len(text)-len(endTag)+1) {
		if strings.EqualFold(text[at:at+len(endTag)], endTag) {
			_, rest, _ := strings.Cut(text[at:], ">")
			return rest
		}
	}
	return ""
}

// tidyLines trims each line and drops the empty ones around and between.
func tidyLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimFunc(strings.ReplaceAll(line, "\u00a0", " "), unicode.IsSpace)
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
