package ledger

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/trade"
)

// Filter says which records are meant; what is not set asks for nothing.
type Filter struct {
	States   []State
	Payments []trade.PaymentState
	System   string
	Kind     trade.Kind
	Target   string
	// Texts are ids, codes, order numbers, POHODA's numbers or ids of items; a
	// record that has one of them is meant.
	Texts []string
	// Since and Until bound the time of the last change; Until is not in it.
	Since, Until time.Time
	// Changed asks for records whose source has another content than was exported.
	Changed bool
	// Export asks for the records of an export.
	Export int64
}

// Entry is a record with its last export.
type Entry struct {
	Record
	// Item is the item's id in the pack.
	Item string `json:"item,omitzero"`
	Path string `json:"path,omitzero"`
	// Digest is that of the whole file, ExportedAt when it was made.
	Digest     string    `json:"digest,omitzero"`
	ExportedAt time.Time `json:"exportedAt,omitzero"`
}

// Entries gives the records of the unit one by one, in the order in which the
// ledger came to know them, without keeping them in memory.
func (l *Ledger) Entries(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := l.entries(ctx, f, yield); err != nil {
			yield(Entry{}, err)
		}
	}
}

func (l *Ledger) entries(ctx context.Context, f Filter, yield func(Entry, error) bool) error {
	return l.list(ctx, `SELECT `+recordColumns+`, coalesce(i.item, ''), coalesce(e.path, ''), coalesce(e.digest, ''), coalesce(e.at, '')
		FROM records r
		LEFT JOIN items i ON i.unit = r.unit AND i.export = r.export AND i.record = r.id
		LEFT JOIN exports e ON e.unit = r.unit AND e.id = r.export`, f, func(rows *sql.Rows) error {
		var e Entry
		var at string
		if err := scanRecord(rows, &e.Record, &e.Item, &e.Path, &e.Digest, &at); err != nil {
			return err
		}
		e.ExportedAt = parseStamp(at)
		if !yield(e, nil) {
			return errEnough
		}
		return nil
	})
}

// Records is Entries for those who ask for the records alone.
func (l *Ledger) Records(ctx context.Context, f Filter) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := l.list(ctx, `SELECT `+recordColumns+` FROM records r`, f, func(rows *sql.Rows) error {
			var r Record
			if err := scanRecord(rows, &r); err != nil {
				return err
			}
			if !yield(r, nil) {
				return errEnough
			}
			return nil
		}); err != nil {
			yield(Record{}, err)
		}
	}
}

// list reads the rows of records. One that was handed over is not read again.
func (l *Ledger) list(ctx context.Context, text string, f Filter, scan func(*sql.Rows) error) error {
	where, args := f.where(l.unit)
	text += ` WHERE ` + where + ` ORDER BY r.unit, r.id`
	begun := false
	err := l.retry(ctx, func() error {
		err := l.read(ctx, text, args, func(rows *sql.Rows) error {
			begun = true
			return scan(rows)
		})
		if err != nil && begun {
			return &final{err}
		}
		return err
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// errEnough ends a list that its reader does not want to the end.
var errEnough = errors.New("enough")

// where is the filter as SQL, with the values of its placeholders.
func (f *Filter) where(unit int64) (string, []any) {
	var c conditions
	c.add(`r.unit = ?`, unit)
	oneOf(&c, `r.state`, f.States)
	oneOf(&c, `r.payment`, f.Payments)
	c.equal(`r.system`, f.System)
	c.equal(`r.kind`, string(f.Kind))
	c.equal(`r.target`, f.Target)
	if len(f.Texts) > 0 {
		c.named(unit, f.Texts)
	}
	if !f.Since.IsZero() {
		c.add(`r.changed >= ?`, f.Since.UTC().Format(stamp))
	}
	if !f.Until.IsZero() {
		c.add(`r.changed < ?`, f.Until.UTC().Format(stamp))
	}
	if f.Changed {
		c.add(`r.sent <> '' AND r.seen <> r.sent`)
	}
	if f.Export != 0 {
		c.add(`r.id IN (SELECT record FROM items WHERE unit = ? AND export = ?)`, unit, f.Export)
	}
	return strings.Join(c.texts, " AND "), c.args
}

// conditions gathers conditions and their values.
type conditions struct {
	texts []string
	args  []any
}

// add adds a condition; each ? in it is a value.
func (c *conditions) add(text string, args ...any) {
	for _, arg := range args {
		c.args = append(c.args, arg)
		text = strings.Replace(text, "?", "$"+strconv.Itoa(len(c.args)), 1)
	}
	c.texts = append(c.texts, text)
}

// named asks for records that have one of some names; what has no code is not
// named by "".
func (c *conditions) named(unit int64, names []string) {
	in := ` IN (?` + strings.Repeat(`, ?`, len(names)-1) + `)`
	var texts []string
	var args []any
	for _, column := range []string{`r.source`, `r.code`, `r.number`, `r.pohoda_number`} {
		texts = append(texts, column+` <> '' AND `+column+in)
		args = addTexts(args, names)
	}
	texts = append(texts, `r.id IN (SELECT record FROM items WHERE unit = ? AND item`+in+`)`)
	args = addTexts(append(args, unit), names)
	c.add(`(`+strings.Join(texts, ` OR `)+`)`, args...)
}

func addTexts[T ~string](args []any, texts []T) []any {
	for _, text := range texts {
		args = append(args, string(text))
	}
	return args
}

func (c *conditions) equal(column, value string) {
	if value != "" {
		c.add(column+` = ?`, value)
	}
}

func oneOf[T ~string](c *conditions, column string, words []T) {
	if len(words) == 0 {
		return
	}
	c.add(column+` IN (?`+strings.Repeat(`, ?`, len(words)-1)+`)`, addTexts(nil, words)...)
}

// Overview is what can be said of the ledger of a unit at a glance.
type Overview struct {
	// States counts the records by their states.
	States map[State]int64 `json:"states"`
	// Cursors say how far sources were read.
	Cursors []SourceCursor `json:"cursors,omitempty"`
	// Holder is the run that works on the unit, since Since; "" is nobody.
	Holder string    `json:"holder,omitzero"`
	Since  time.Time `json:"since,omitzero"`
}

// SourceCursor says how far a source was read, and when that was written down.
type SourceCursor struct {
	Source  string    `json:"source"`
	Value   string    `json:"value"`
	Changed time.Time `json:"changed"`
}

// Overview looks over the ledger. The lock of a run that is dead is nobody's.
func (l *Ledger) Overview(ctx context.Context) (o Overview, err error) {
	err = l.retry(ctx, func() error {
		o = Overview{States: map[State]int64{}}
		for _, part := range []struct {
			text string
			scan func(*sql.Rows) error
		}{
			{`SELECT state, count(*) FROM records WHERE unit = $1 GROUP BY state`, o.scanState},
			{`SELECT source, value, changed FROM cursors WHERE unit = $1 ORDER BY source`, o.scanCursor},
		} {
			if err := l.read(ctx, part.text, []any{l.unit}, part.scan); err != nil {
				return err
			}
		}
		h, err := l.holder(ctx)
		if err != nil {
			return ignoreNoRows(err)
		}
		now, err := l.sharedTime(ctx)
		if err == nil && !l.free(h, now) {
			o.Holder, o.Since = h.String(), parseStamp(h.since)
		}
		return err
	})
	return o, err
}

func (o *Overview) scanState(rows *sql.Rows) error {
	var state State
	var count int64
	err := rows.Scan(&state, &count)
	o.States[state] = count
	return err
}

func (o *Overview) scanCursor(rows *sql.Rows) error {
	var c SourceCursor
	var changed string
	err := rows.Scan(&c.Source, &c.Value, &changed)
	c.Changed = parseStamp(changed)
	o.Cursors = append(o.Cursors, c)
	return err
}

// Names gives what the newest records of the unit are called, so many of them:
// their codes, ids and numbers, to find what somebody has mistyped.
func (l *Ledger) Names(ctx context.Context, records int) (names []string, err error) {
	err = l.retry(ctx, func() error {
		names = nil
		return l.read(ctx, `SELECT code, source, number, pohoda_number FROM records WHERE unit = $1 ORDER BY id DESC LIMIT $2`,
			[]any{l.unit, records}, func(rows *sql.Rows) error {
				var some [4]string
				err := rows.Scan(&some[0], &some[1], &some[2], &some[3])
				for n, name := range some {
					if name != "" && !slices.Contains(some[:n], name) {
						names = append(names, name)
					}
				}
				return err
			})
	})
	return names, err
}
