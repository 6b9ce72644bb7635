package flow

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"sync"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// bound is an agenda with its schema: loaded when the first of its documents
// comes, so that the schemas of other agendas cost nothing.
type bound struct {
	codec  *pohoda.Codec
	schema *xsd.Schema
}

// dataPack is POHODA's own format: dat:dataPack.
func dataPack(c *config.Config, settings *pohoda.Settings, encoding charset.Encoding) *format {
	agendas := map[*pohoda.Agenda]func() (bound, error){}
	for _, a := range pohoda.Agendas() {
		agendas[a] = sync.OnceValues(func() (bound, error) {
			schema, err := pohoda.Schema(a)
			if err != nil {
				return bound{}, err
			}
			return bound{a.Open(pohoda.Limits(schema)), schema}, nil
		})
	}
	f := &format{indent: 1, identify: identifyPack}
	f.encoder = func() encoder {
		checks := map[*pohoda.Agenda]*proof{}
		return func(r *trade.Record, a *pohoda.Agenda, t pohoda.Target, o *outcome) (*etree.Element, diag.List) {
			b, err := agendas[a]()
			if err != nil {
				return nil, diag.List{diag.As(err)}
			}
			if checks[a] == nil {
				checks[a] = newProof(b.schema)
			}
			el, issues := b.codec.Encode(r, o.totals, t, settings)
			if !issues.Refused() {
				issues.Add(checks[a].findings(el)...)
			}
			o.pack, o.item, o.prefix = pohoda.PackID(r.Document.Source), pohoda.ItemID(r, t), a.Prefix
			if c.Pack.ID != "" {
				o.pack = c.Pack.ID
			}
			return pohoda.Item(o.item, el), issues
		}
	}
	f.head = func(first *outcome) []byte {
		e := pohoda.Pack{Unit: settings.Unit, ID: first.pack, Application: c.Pack.Application, Note: c.Pack.Note,
			Prefixes: []string{first.prefix}}.Envelope()
		e.Encoding = encoding
		return encoding.AppendRef(nil, e.Head())
	}
	f.tail = func() []byte { return pohoda.Pack{}.Envelope().Tail() }
	return f
}

// proof holds a document against its schema before a byte of it leaves. What it
// finds is a fault of this tool: the checks and the fit pass should have said it
// in the user's words.
type proof struct {
	session *xsd.Session
	found   diag.List
}

func newProof(schema *xsd.Schema) *proof {
	p := &proof{}
	p.session = schema.NewSession(func(f xsd.Finding) {
		issue := f.Issue()
		p.found.Add(diag.New(CodeOwnFault, "finding", diag.English.Message(issue)).In(f.Path).Of(f.Value))
	})
	return p
}

func (p *proof) findings(el *etree.Element) diag.List {
	p.found = nil
	p.session.Tree(el)
	return p.found
}

// identifyPack reads the ids of a pack and of its items.
func identifyPack(r io.Reader, file string) (string, error) {
	var digest digest
	err := pohoda.Items(r, file, func(pack, item string) { digest.add(pack, item) })
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return digest.String(), nil
}

// digest sums up which documents a file holds, in their order.
type digest struct {
	sum   uint64
	count int
}

func (d *digest) add(pack, item string) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%x\x00%s\x00%s", d.sum, pack, item)
	d.sum = h.Sum64()
	d.count++
}

func (d *digest) String() string { return fmt.Sprintf("%d:%x", d.count, d.sum) }
