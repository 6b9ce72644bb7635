package export

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

// delivery gathers the output and puts it in place at the end.
type delivery struct {
	export *Export
	format format
	spool  *outfile.Spool
	// folder is set when the file is named after its document.
	folder bool
	first  *recordResult
	items  flow.Digest
	// bytes sums up what is written.
	bytes hash.Hash
}

func (e *Export) newDelivery(f format) *delivery {
	d := &delivery{export: e, format: f, folder: outfile.IsFolder(e.Output), bytes: sha256.New()}
	target := e.Output
	if d.folder {
		target = filepath.Join(e.Output, "x")
	}
	d.spool = outfile.NewSpool(target)
	return d
}

// add appends a document.
func (d *delivery) add(o *recordResult) error {
	if d.items.Count == 0 {
		d.first = o
		if err := d.write(d.format.head(o)); err != nil {
			return err
		}
	} else if single, _ := d.format.shape(); single {
		return diag.New(CodeOneDocument, "format", d.export.Format)
	}
	if o.deletion != "" {
		d.items.Add(d.format.unit(), o.pack, o.deletion)
	}
	d.items.Add(d.format.unit(), o.pack, o.item)
	return d.write(o.document)
}

func (d *delivery) write(p []byte) error {
	if d.export.DryRun {
		return nil
	}
	if d.export.Ledger != nil {
		d.bytes.Write(p)
	}
	if _, err := d.spool.Write(p); err != nil {
		return outfile.CannotWrite(d.target(), err)
	}
	return nil
}

// target is the file to be written, "" for the stream.
func (d *delivery) target() string {
	if !d.folder || d.first == nil {
		return d.export.Output
	}
	name, ending := d.first.code, ".xph"
	if name == "" {
		name = d.first.id
	}
	if d.items.Count > 1 || len(d.export.Select.IDs) == 0 {
		name, ending = d.first.pack, ".xml"
		if d.export.New {
			// What is new today is another list than what was new yesterday.
			name += "-" + d.items.Short()
		}
	}
	return filepath.Join(d.export.Output, outfile.FileName(name, ending))
}

// ready ends the output and says where it goes, if it may; a dry run only says it.
func (d *delivery) ready() (target string, err error) {
	target = d.target()
	if err := d.mayReplace(target); err != nil {
		return target, err
	}
	return target, d.write(d.format.tail())
}

// place puts everything in place.
func (d *delivery) place(target string) error {
	if target == "" {
		return outfile.PourOut(d.spool, d.export.Stdout)
	}
	if err := d.spool.Place(target); err != nil {
		return outfile.CannotWrite(target, err)
	}
	return nil
}

// digest is that of the whole output.
func (d *delivery) digest() string { return hex.EncodeToString(d.bytes.Sum(nil)) }

// mayReplace guards a file that is there already: only the same documents may
// take its place, unless the user says so.
func (d *delivery) mayReplace(target string) error {
	if target == "" || outfile.IsStream(target) {
		return nil
	}
	if err := d.export.checkNotInput(target); err != nil {
		return err
	}
	if outfile.SameFile(target, d.export.Rejects) {
		return diag.New(CodeFileTwice).WithValue(target)
	}
	if d.export.Force {
		return nil
	}
	file, err := os.Open(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return outfile.CannotWrite(target, err)
	}
	defer file.Close()
	items, err := d.format.identify(file, target)
	if err == nil && items == d.items.String() {
		return nil
	}
	return diag.New(outfile.CodeFileExists).WithValue(target)
}

func (d *delivery) discard() { d.spool.Discard() }

// FormatFor is the format of an output: the one that was asked for, or by the
// ending of the file's name. In a folder a single document gets a file .xph.
func FormatFor(asked, output string, ids int, c *config.Config) string {
	switch {
	case asked != "":
		return asked
	case isXPH(output), outfile.IsFolder(output) && ids == 1:
		return c.XPHFormat
	}
	return config.DataPack
}

func isXPH(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xph") }

// CodeOneDocument says that a format holds one document a file.
var CodeOneDocument = diag.Refused.Code("format-one-document", "format")
