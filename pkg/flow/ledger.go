// Package flow has what several use cases share: the ledger of a run, the selection
// of records, their preparation for a target, the documents of a file. Each use case
// is a folder of its own below, and none imports another.
package flow

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/listing"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Ledger is the ledger of a run. A nil *Book is that of a run that remembers
// nothing.
type Ledger struct {
	*ledger.Ledger
	// Place is the path of its file, or its URL.
	Place string
}

// LedgerOptions say which ledger a run has and what it does with it.
type LedgerOptions struct {
	Config *config.Config
	// UserDir is the folder of the user's configuration.
	UserDir string
	Now     func() time.Time
	// Who names the run to others that wait for it, Wait is how long this one
	// waits for another.
	Holder string
	Wait   time.Duration
	// Needed says that the run means nothing without a ledger; otherwise one in
	// the user's folder is used if it is there.
	Required bool
	// There says that it means nothing without one that is there already.
	MustExist bool
	// Look opens the ledger without its lock, for reading.
	ReadOnly bool
	// Tell gets what became of exports that dead runs left open.
	Tell func(*diag.Issue)
	// Fault breaks off a run at a step, for tests; nil otherwise.
	Fault func(step string) error
}

// The codes of the ledger of a run.
var (
	// CodeNoLedger: a command needs a ledger, and the configuration wants none or
	// there is no place for it.
	CodeNoLedger = diag.Usage.Code("usage-no-ledger")
	// CodeRecovered: an export that a dead run left open is settled: its file is
	// {path}, and it is {outcome}.
	CodeRecovered = diag.Note.Code("ledger-recovered", "outcome", "path")
	// CodeMade: there was no ledger, and there is one now.
	CodeMade = diag.Note.Code("ledger-made", "ledger")
)

// OpenLedger opens the ledger of a run, takes the lock of the unit and settles what
// dead runs left open. It gives nil where nothing is remembered.
func OpenLedger(ctx context.Context, o LedgerOptions) (*Ledger, error) {
	place, own := LedgerPlace(o.Config, o.UserDir)
	switch {
	case place == "" && o.Required:
		return nil, diag.New(CodeNoLedger)
	case o.MustExist && !config.Ledger(place).IsURL() && !IsThere(place):
		return nil, diag.New(ledger.CodeMissing, "ledger", place, "error", fs.ErrNotExist.Error())
	case place == "":
		return nil, nil
	case own && !o.Required && !IsThere(place):
		return nil, nil
	case own && !o.ReadOnly:
		if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
			return nil, diag.New(ledger.CodeUnusable, "ledger", place, "error", err.Error())
		}
	}
	options := ledger.Options{Unit: UnitOf(o.Config), Now: o.Now, ReadOnly: o.ReadOnly, Fault: o.Fault}
	if o.ReadOnly {
		options.Patience = lookPatience
	}
	l, err := ledger.Open(ctx, place, options)
	if err != nil && !o.Required && diag.As(err).Code == ledger.CodeMissing {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b := &Ledger{l, place}
	if o.ReadOnly {
		return b, nil
	}
	if err := b.begin(ctx, o); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return b, nil
}

// begin takes the lock and settles what dead runs left open.
func (b *Ledger) begin(ctx context.Context, o LedgerOptions) error {
	if b.Made() && o.Tell != nil {
		o.Tell(diag.Notice(CodeMade, "ledger", config.Ledger(b.Place).String()))
	}
	if err := b.Acquire(ctx, o.Holder, o.Wait); err != nil {
		return err
	}
	return b.recover(ctx, o.Tell)
}

// lookPatience is short: who only looks sees that the database is away, and can
// look again.
const lookPatience = 3 * time.Second

// UnitOf is the accounting unit by which a ledger knows it.
func UnitOf(c *config.Config) string { return cmp.Or(c.Unit.ICO, c.Unit.Key) }

// Close gives the lock back; a nil book has none.
func (b *Ledger) Close() error {
	if b == nil {
		return nil
	}
	return b.Ledger.Close()
}

// LedgerPlace is where the ledger lies, "" for nowhere; own says that nobody chose
// the place.
func LedgerPlace(c *config.Config, userDir string) (place string, own bool) {
	switch {
	case c.Ledger == config.NoLedger, c.Ledger == "" && userDir == "":
		return "", false
	case c.Ledger != "":
		return string(c.Ledger), false
	}
	return filepath.Join(userDir, "pohoda", "ledger.db"), true
}

// IsThere tells whether a file is there, whatever may be done with it.
func IsThere(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// recover settles what dead runs left open, by the files that are there.
func (b *Ledger) recover(ctx context.Context, tell func(*diag.Issue)) error {
	recovered, err := b.Recover(ctx, func(path string) (string, bool) {
		digest, err := FileDigest(path)
		return digest, err == nil
	})
	for _, r := range recovered {
		issue := diag.Notice(CodeRecovered, "path", cmp.Or(r.Path, "-"), "outcome", string(r.Outcome))
		if r.Outcome == ledger.Unknown {
			issue.Severity = diag.Warning
		}
		tell(issue)
	}
	return err
}

// FileDigest is the digest by which a file is recognised.
func FileDigest(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// The codes of a record that is looked for in the ledger.
var (
	// CodeNotInLedger: the ledger has no record of this name; {known} are near it.
	CodeNotInLedger = diag.Refused.Code("ledger-not-found", "known")
	// CodeAmbiguous: several records have this name: {records}.
	CodeAmbiguous = diag.Refused.Code("ledger-ambiguous", "records")
)

// namesNear is among how many of the newest records a mistyped name is looked for.
const namesNear = 20000

// find gives the records that have a name: an id, a code, an order number,
// POHODA's number or the id of an item. f narrows them; none is an error.
func (b *Ledger) find(ctx context.Context, name string, f ledger.Filter) (found []ledger.Entry, err error) {
	f.Texts = []string{name}
	err = b.Each(ctx, f, func(e *ledger.Entry) error {
		found = append(found, *e)
		return nil
	})
	if err != nil || len(found) > 0 {
		return found, err
	}
	names, err := b.Names(ctx, namesNear)
	if err != nil {
		return nil, err
	}
	return nil, diag.New(CodeNotInLedger, "known", cmp.Or(diag.Meant(name, names), "-")).WithValue(name)
}

// FindOne is find where one record has to be meant.
func (b *Ledger) FindOne(ctx context.Context, name string, f ledger.Filter) (e ledger.Entry, err error) {
	found, err := b.find(ctx, name, f)
	if err != nil {
		return e, err
	}
	if len(found) > 1 {
		var records []string
		for n := range found {
			records = append(records, KeyName(&found[n].Record))
		}
		return e, diag.New(CodeAmbiguous, "records", diag.Meant("", records)).WithValue(name)
	}
	return found[0], nil
}

// RecordOf names a record of the ledger as its user knows it: "deal OP-26-123".
func RecordOf(r *ledger.Record) string { return string(r.Kind) + " " + r.Name() }

// KeyName is a record by its key: "raynet:firm:deal:1:order".
func KeyName(r *ledger.Record) string {
	return strings.Join(listing.Filled([]string{r.System, r.Instance, string(r.Kind), r.ID, r.Target}), ":")
}

// Each goes through the records that a filter takes.
func (b *Ledger) Each(ctx context.Context, f ledger.Filter, do func(*ledger.Entry) error) error {
	for e, err := range b.Entries(ctx, f) {
		if err == nil {
			err = do(&e)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Stories tells the stories of the records that a name has: a deal that became an
// order and later an invoice is two. A name that no record has is an error.
func (b *Ledger) Stories(ctx context.Context, name string) ([]ledger.History, error) {
	found, err := b.find(ctx, name, ledger.Filter{})
	if err != nil {
		return nil, err
	}
	var stories []ledger.History
	for n := range found {
		story, err := b.History(ctx, found[n].RowID)
		if err != nil {
			return nil, err
		}
		stories = append(stories, story)
	}
	return stories, nil
}

// LedgerStatus is a record beside what the ledger knows of it.
type LedgerStatus struct {
	Key     ledger.Key
	Content string
	Phase   trade.Phase
	// updated is when the source changed the record last.
	Updated trade.Time
	// known is zero for a record that the ledger has not heard of.
	Known ledger.Record
}

// Same tells whether the record is as it was exported last.
func (s *LedgerStatus) Same() bool { return SameContent(s.Known.Sent, s.AsCompared()) }

// AsCompared is the content of the record as it can be held against what was sent:
// against a fingerprint of another version none can. Then it is what the ledger saw
// last, by that version.
func (s *LedgerStatus) AsCompared() string {
	switch {
	case !isOtherVersion(s.Known.Sent):
		return s.Content
	case s.Known.Seen == "":
		return s.Known.Sent
	}
	return s.Known.Seen
}

// IsTakenOver tells whether the record counts as unchanged, once, since another
// version of the tool wrote its fingerprint down; this one's takes its place. What
// that version had seen to be changed stays so.
func (s *LedgerStatus) IsTakenOver() bool { return isOtherVersion(s.Known.Sent) && s.Same() }

// Sighting is what the ledger is told of a record that is not sent.
func (s *LedgerStatus) Sighting(code string) ledger.Observation {
	content := s.Content
	if isOtherVersion(s.Known.Sent) && !s.IsTakenOver() {
		content = s.AsCompared() // else nobody could tell what has changed since
	}
	return ledger.Observation{Key: s.Key, Code: code, OrderNumber: code, Content: content, Phase: s.Phase, TakeOver: s.IsTakenOver()}
}

// IsNews tells whether the ledger has not seen the record so.
func (s *LedgerStatus) IsNews() bool {
	return !s.Known.Known() || s.Known.Phase != s.Phase || s.IsTakenOver() || !SameContent(s.Known.Seen, s.Sighting("").Content)
}
