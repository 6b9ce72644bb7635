package fieldtable

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beevik/etree"
	"golang.org/x/text/unicode/norm"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Fit says what happens to a text that does not fit: one that is longer than
// the schema allows, or that has a character which the output's encoding lacks.
// Silence is not among the choices.
type Fit struct {
	// Cut shortens a text that is too long, with a warning; otherwise it is refused.
	// What identifies something (Row.Whole) is never cut.
	Cut bool
	// Lacks lists the characters that the output's encoding does not have; nil
	// when it has them all. Encoding is its name, for messages.
	Lacks    func(text string) []rune
	Encoding string
	// Liken rewrites what the encoding lacks where that loses nothing; nil leaves it. What
	// identifies something is never rewritten so.
	Liken func(text string) string
	// Replace rewrites a text with such characters, with a warning; without it
	// the text is refused. The characters it could not replace are lost. A text
	// that comes back as it was is written with references.
	Replace func(text string) (replaced string, lost []rune)
	// Garbled and Markup give what a text most likely means that went through a wrong encoding,
	// or that is HTML; "" for one that reads well. Such a text is written as it stands, with
	// a warning. nil takes every text as it stands.
	Garbled, Markup func(text string) (likely string)
}

// Writer collects what happens while an element is written.
type Writer struct {
	Fit    Fit
	Issues diag.List
	// Arena is the memory of the elements, nil for memory of their own.
	Arena *Arena
	path  []string
}

// Encode writes the values of a context into an element.
func (p *Plan[C]) Encode(c C, w *Writer, el *etree.Element) { p.write(c, w, el) }

func (p *Plan[C]) write(c C, w *Writer, el *etree.Element) {
	for i := range p.steps {
		p.steps[i].write(c, w, el)
	}
}

// UnitCode is the place of a code of the accounting unit in a document.
type UnitCode struct {
	// List is the unit's list, Place the code in the model, "" for none.
	List  string
	Place *string

	path  []codePart
	field string
}

// codePart is one on the way to a field: the element of a list has its index, another
// part -1.
type codePart struct {
	field string
	index int
}

// Field is the canonical field of the code with its path: "lines[0].centre".
func (u *UnitCode) Field() string {
	path := make([]string, len(u.path))
	for i, p := range u.path {
		path[i] = p.field
		if p.index >= 0 {
			path[i] += "[" + strconv.Itoa(p.index) + "]"
		}
	}
	return where(path, u.field)
}

// IsIn tells whether the code belongs to an element of a list of the document.
func (u *UnitCode) IsIn(list string) bool { return len(u.path) > 0 && u.path[0].field == list }

// VisitCodes goes through the places of codes of the unit, filled and empty, in the
// order of the rows that write them. What visit gets is its own until it returns.
func (p *Plan[C]) VisitCodes(c C, visit func(*UnitCode)) { p.visitCodes(c, &codeVisitor{visit: visit}) }

func (p *Plan[C]) visitCodes(c C, v *codeVisitor) {
	for i := range p.codes {
		p.codes[i].codes(c, v)
	}
}

// codeVisitor is on its way through the codes of a document.
type codeVisitor struct {
	UnitCode
	visit func(*UnitCode)
}

// visitPart visits the codes of a part.
func visitPart[C any](v *codeVisitor, at codePart, plan *Plan[C], c C) {
	v.path = append(v.path, at)
	plan.visitCodes(c, v)
	v.path = v.path[:len(v.path)-1]
}

func (w *Writer) push(field string) { w.path = append(w.path, field) }
func (w *Writer) pop()              { w.path = w.path[:len(w.path)-1] }

// Where gives the canonical path of a field that is being written.
func (w *Writer) Where(field string) string { return where(w.path, field) }

// where joins the canonical path; of a row that serves several fields the first
// one stands for all, and one of the part around is named where its value stood.
func where(path []string, field string) string {
	whole := ""
	for i, part := range path {
		if i+1 < len(path) && strings.HasPrefix(path[i+1], "../") {
			continue
		}
		whole = join(whole, strings.TrimPrefix(part, "../"), ".")
	}
	field, _, _ = strings.Cut(field, ",")
	return join(whole, strings.TrimPrefix(field, "../"), ".")
}

// leaf is what the fit pass has to know of a row.
type leaf struct {
	Info
	limit Limit
	whole bool
}

// count refuses a list of more elements than the schema allows.
func (w *Writer) count(n, most int, label, field string) {
	if most > 0 && n > most {
		w.Issues.Add(diag.New(CodeTooMany, "count", strconv.Itoa(n), "limit", strconv.Itoa(most), "label", label).WithPath(w.Where(field)))
	}
}

// fit makes a text fit, or reports why it does not.
func (w *Writer) fit(text string, l *leaf) string {
	w.doubt(w.Fit.Garbled, CodeGarbled, text, l)
	w.doubt(w.Fit.Markup, CodeMarkup, text, l)
	if w.Fit.Lacks != nil && len(w.Fit.Lacks(text)) > 0 {
		// Some systems write an accent as a character of its own; together with
		// its letter it is the same text, which the encoding may well have.
		text = w.liken(norm.NFC.String(text), l)
		if lacking := w.Fit.Lacks(text); len(lacking) > 0 {
			text = w.replace(text, lacking, l)
		}
	}
	// A text has no more characters than bytes.
	if limit := l.limit.Length; limit > 0 && len(text) > limit && utf8.RuneCountInString(text) > limit {
		return w.shorten(text, l)
	}
	if l.limit.Fault != nil {
		if issue := l.limit.Fault(text); issue != nil {
			w.Issues.Add(issue.WithPath(w.Where(l.Field)))
		}
	}
	return text
}

// doubt warns of a text that most likely means another one.
func (w *Writer) doubt(meaning func(string) string, code diag.Code, text string, l *leaf) {
	if meaning == nil {
		return
	}
	if likely := meaning(text); likely != "" {
		w.Issues.Add(diag.Warn(code, "label", l.Label, "text", likely).WithPath(w.Where(l.Field)).WithValue(text))
	}
}

// liken rewrites what loses nothing by it, with a note.
func (w *Writer) liken(text string, l *leaf) string {
	if w.Fit.Liken == nil || l.whole {
		return text
	}
	lacking := w.Fit.Lacks(text)
	if lacking == nil {
		return text
	}
	alike := w.Fit.Liken(text)
	still := w.Fit.Lacks(alike)
	rewritten := slices.DeleteFunc(lacking, func(r rune) bool { return slices.Contains(still, r) })
	if len(rewritten) > 0 {
		w.Issues.Add(diag.Notice(CodeLikened, "characters", quote(rewritten), "encoding", w.Fit.Encoding, "label", l.Label).WithPath(w.Where(l.Field)))
	}
	return alike
}

func (w *Writer) replace(text string, lacking []rune, l *leaf) string {
	about := func(characters []rune, more ...string) []string {
		return append(more, "characters", quote(characters), "encoding", w.Fit.Encoding, "label", l.Label)
	}
	replaced := text
	var issue *diag.Issue
	if w.Fit.Replace == nil {
		issue = diag.New(CodeUnmappable, about(lacking)...)
	} else {
		var lost []rune
		replaced, lost = w.Fit.Replace(text)
		switch {
		case len(lost) > 0 && (l.whole || strings.TrimSpace(replaced) == ""):
			issue = diag.New(CodeUnlike, about(lost)...)
		case len(lost) > 0:
			// The blanks on both sides of it are one.
			replaced = strings.TrimRight(strings.ReplaceAll(replaced, "  ", " "), " ")
			issue = diag.Warn(CodeDropped, about(lost, "text", replaced)...)
		case replaced == text:
			issue = diag.Warn(CodeReferenced, about(lacking, "references", references(lacking))...)
		default:
			issue = diag.Warn(CodeReplaced, about(lacking, "text", replaced)...)
		}
	}
	w.Issues.Add(issue.WithPath(w.Where(l.Field)).WithValue(text))
	return replaced
}

func (w *Writer) shorten(text string, l *leaf) string {
	runes, limit := []rune(text), l.limit.Length
	about := []string{"length", strconv.Itoa(len(runes)), "limit", strconv.Itoa(limit), "label", l.Label}
	switch {
	case l.whole:
		w.Issues.Add(diag.New(CodeNeverCut, about...).WithPath(w.Where(l.Field)).WithValue(text))
		return text
	case !w.Fit.Cut:
		w.Issues.Add(diag.New(CodeTooLong, about...).WithPath(w.Where(l.Field)).WithValue(text))
		return text
	}
	w.Issues.Add(diag.Warn(CodeCut, about...).WithPath(w.Where(l.Field)).WithValue(text))
	return strings.TrimRight(string(runes[:limit]), " \n")
}

// quote lists characters for a message, each with its code point, since many
// of them cannot be seen.
func quote(characters []rune) string {
	named := make([]string, len(characters))
	for i, r := range characters {
		named[i] = fmt.Sprintf("U+%04X", r)
		if unicode.IsPrint(r) && !unicode.IsMark(r) {
			named[i] = fmt.Sprintf("%c (U+%04X)", r, r)
		}
	}
	return strings.Join(named, ", ")
}

// references lists characters as XML refers to them.
func references(characters []rune) string {
	named := make([]string, len(characters))
	for i, r := range characters {
		named[i] = fmt.Sprintf("&#%d;", r)
	}
	return strings.Join(named, ", ")
}
