package diag

import (
	"strconv"
	"strings"
)

// Entry is what a language says for a code. Both parts may hold {names} that
// the issue's Args fill; {value}, {path} and {where} are always known.
type Entry struct {
	Message string
	Hint    string
}

// Language is a catalogue: every code's entry, the words for places, and other
// phrases that the tool prints (summaries, next steps).
type Language struct {
	Tag     string
	Entries map[Code]Entry
	// Phrases are texts that are not issues, by name.
	Phrases map[string]string
	// Words name kinds of record and fields in places; without one, the record's
	// own name stands.
	Words map[string]string
}

// Languages are the catalogues by tag; a further one is one more file.
var Languages = map[string]*Language{English.Tag: English, Czech.Tag: Czech}

// Message gives the filled message of an issue.
func (l *Language) Message(i *Issue) string { return l.fill(l.entry(i.Code).Message, i) }

// Hint gives the filled hint, "" when there is none.
func (l *Language) Hint(i *Issue) string {
	if i.Advice != "" {
		return l.Phrase(i.Advice)
	}
	return l.fill(l.entry(i.Code).Hint, i)
}

// Phrase gives a text that is not an issue, filled from pairs of name and value.
func (l *Language) Phrase(name string, pairs ...string) string {
	text, ok := l.Phrases[name]
	if !ok {
		text = English.Phrases[name]
	}
	return l.replace(text, pairs)
}

// Words are a text in each of the languages.
type Words struct{ English, Czech string }

// AddPhrase adds a phrase that its owner words itself; it is for the time of
// initialization.
func AddPhrase(name string, words Words) {
	englishPhrases[name], czechPhrases[name] = words.English, words.Czech
}

// Line gives "where: message".
func (l *Language) Line(i *Issue) string {
	if where := l.Where(i); where != "" {
		return where + ": " + l.Message(i)
	}
	return l.Message(i)
}

// Where says the place: file and line, the record, the field.
func (l *Language) Where(i *Issue) string {
	parts := []string{}
	if at := i.At.String(); at != "" {
		parts = append(parts, at)
	}
	inside := []string{}
	if i.Record != "" {
		inside = append(inside, shorten(l.RecordName(i.Record)))
	}
	switch {
	case i.Path == "":
	case i.Record == "" && !strings.HasPrefix(i.Path, "lines["):
		inside = append(inside, i.Path) // a key of the configuration, an element of XML
	default:
		inside = append(inside, l.Place(i.Path))
	}
	if len(inside) > 0 {
		parts = append(parts, strings.Join(inside, ", "))
	}
	return strings.Join(parts, ": ")
}

// RecordName puts the kind in front of a record's code into words.
func (l *Language) RecordName(record string) string {
	kind, code, _ := strings.Cut(record, " ")
	return strings.TrimSpace(l.Word(kind) + " " + code)
}

// Place puts a path inside a record into words: "lines[1].vatRate" is "line 2,
// vatRate", in Czech "řádek 2, sazba DPH".
func (l *Language) Place(path string) string {
	index, field, ok := LineOf(path)
	if !ok {
		return l.field(path)
	}
	place := l.Phrase("line", "n", strconv.Itoa(index+1))
	if field != "" {
		place += ", " + l.field(field)
	}
	return place
}

// field translates a field by the parts of its path.
func (l *Language) field(path string) string {
	if l.Words == nil {
		return path
	}
	parts := strings.Split(path, ".")
	for i := range parts {
		parts[i] = l.Word(parts[i])
	}
	return strings.Join(parts, ", ")
}

// LineOf takes a path into a document's lines apart: "lines[1].vatRate" is line
// 1, counted from 0, and its field.
func LineOf(path string) (index int, field string, ok bool) {
	rest, ok := strings.CutPrefix(path, "lines[")
	if !ok {
		return 0, "", false
	}
	number, field, ok := strings.Cut(rest, "]")
	index, err := strconv.Atoi(number)
	return index, strings.TrimPrefix(field, "."), ok && err == nil
}

// Word translates a kind of record, or a field, if it has a translation.
func (l *Language) Word(own string) string {
	if word := l.Words[own]; word != "" {
		return word
	}
	return own
}

// entry falls back to English, then to the bare code, so that a missing
// translation never hides a finding.
func (l *Language) entry(code Code) Entry {
	if e, ok := l.Entries[code]; ok {
		return e
	}
	if e, ok := English.Entries[code]; ok {
		return e
	}
	return Entry{Message: string(code)}
}

func (l *Language) fill(text string, i *Issue) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 4+2*len(i.Args))
	for name, value := range i.Args {
		pairs = append(pairs, name, value)
	}
	return l.replace(text, append(pairs, "value", shorten(Mask(i.Value)), "path", i.Path))
}

// Places is the name of an argument that holds paths inside a record, with commas
// between them; a message or a phrase says them in words.
const Places = "places"

func (l *Language) places(paths string) string {
	words := strings.Split(paths, ", ")
	for i, path := range words {
		words[i] = l.Place(path)
	}
	return strings.Join(words, ", ")
}

func (l *Language) replace(text string, pairs []string) string {
	old := make([]string, 0, len(pairs))
	for k := 0; k+1 < len(pairs); k += 2 {
		value := pairs[k+1]
		if pairs[k] == Places {
			value = l.places(value)
		}
		old = append(old, "{"+pairs[k]+"}", Visible(Mask(value)))
	}
	return strings.NewReplacer(old...).Replace(text)
}

// maxValue is how many characters of an offending value a message shows.
const maxValue = 60

func shorten(value string) string {
	runes := []rune(value)
	if len(runes) <= maxValue {
		return value
	}
	return string(runes[:maxValue]) + "…"
}
