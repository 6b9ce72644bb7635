package crm

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// targets make the value that a kind of record binds to, inside the record.
var targets = map[trade.Kind]func(*trade.Record) any{
	trade.Deal:       document,
	trade.Order:      document,
	trade.Offer:      document,
	trade.Invoice:    document,
	trade.Proforma:   document,
	trade.Advance:    document,
	trade.CreditNote: document,
	trade.DebitNote:  document,
	trade.Receivable: document,
	trade.Contact:    func(r *trade.Record) any { r.Contact = new(trade.ContactRecord); return r.Contact },
	trade.Product:    func(r *trade.Record) any { r.Product = new(trade.ProductRecord); return r.Product },
	trade.Contract:   func(r *trade.Record) any { r.Contract = new(trade.ContractRecord); return r.Contract },
	trade.Payment:    func(r *trade.Record) any { r.Payment = new(trade.PaymentRecord); return r.Payment },
}

func document(r *trade.Record) any { r.Document = new(trade.Document); return r.Document }

// canonical tells whether a tree wants to be a canonical record: no CRM known
// names both of these keys so.
func canonical(n *node) bool {
	source := n.get("source")
	return n.get("kind") != nil && source != nil && source.kind == objectNode
}

// wantsCanonical tells whether a tree that no profile knows was meant as a
// canonical record and only lacks its source.
func wantsCanonical(n *node) bool {
	kind := n.get("kind")
	return kind != nil && slices.Contains(trade.Kind("").Values(), kind.text)
}

// recordOf binds a canonical tree to the type of its kind. With issues of
// severity error the record holds what could be read, and serves to name it.
func recordOf(n *node, locate locator, issues *diag.List) trade.Record {
	var r trade.Record
	kind := n.get("kind")
	if kind == nil {
		issues.Add(diag.New(CodeMissingKey, "key", "kind").WithPath("kind").WithPosition(locate(n.at)))
		return r
	}
	r.Kind = trade.Kind(kind.text)
	target, ok := targets[r.Kind]
	if !ok || kind.kind != stringNode {
		issues.Add(diag.New(CodeValueNotAllowed, "allowed", strings.Join(r.Kind.Values(), ", ")).
			WithPath("kind").WithValue(visible(kind.text)).WithPosition(locate(kind.at)))
		return r
	}
	bind(n, target(&r), locate, issues)
	requireIdentity(n, locate, issues)
	return r
}

// identity are the keys of a record that must not be empty, since records are
// told apart by them.
var identity = []struct{ object, key string }{{"source", "system"}, {"source", "id"}, {"", "sku"}}

func requireIdentity(n *node, locate locator, issues *diag.List) {
	for _, id := range identity {
		holder, path := n, id.key
		if id.object != "" {
			holder, path = n.get(id.object), id.object+"."+id.key
		}
		if holder == nil {
			continue
		}
		if value := holder.get(id.key); value != nil && value.kind == stringNode && strings.TrimSpace(value.text) == "" {
			issues.Add(diag.New(CodeMissingKey, "key", id.key).WithPath(path).WithPosition(locate(value.at)))
		}
	}
}

// nameInstance fills the instance of a record that does not name its own.
func nameInstance(r *trade.Record, instance string) {
	if source := sourceOf(r); source != nil && source.Instance == "" {
		source.Instance = instance
	}
}

func sourceOf(r *trade.Record) *trade.Source {
	switch {
	case r.Document != nil:
		return &r.Document.Source
	case r.Contact != nil:
		return &r.Contact.Source
	case r.Product != nil:
		return &r.Product.Source
	case r.Contract != nil:
		return &r.Contract.Source
	case r.Payment != nil:
		return &r.Payment.Source
	}
	return nil
}
