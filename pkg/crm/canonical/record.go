package canonical

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// IsRecord tells whether a tree wants to be a canonical record: no CRM known
// names both of these keys so.
func IsRecord(n *Node) bool {
	source := n.Get("source")
	return n.Get("kind") != nil && source != nil && source.Kind == ObjectNode
}

// WantsCanonical tells whether a tree that no profile knows was meant as a
// canonical record and only lacks its source.
func WantsCanonical(n *Node) bool {
	kind := n.Get("kind")
	return kind != nil && slices.Contains(trade.Kind("").Values(), kind.Text)
}

// RecordOf binds a canonical tree to the type of its kind. With issues of
// severity error the record holds what could be read, and serves to name it.
func RecordOf(n *Node, locate Locator, issues *diag.List) trade.Record {
	kind := n.Get("kind")
	if kind == nil {
		issues.Add(diag.New(CodeMissingKey, "key", "kind").WithPath("kind").WithPosition(locate(n.At)))
		return trade.Record{}
	}
	subject, ok := trade.New(trade.Kind(kind.Text))
	if !ok || kind.Kind != StringNode {
		issues.Add(diag.New(CodeValueNotAllowed, "allowed", strings.Join(trade.Kind("").Values(), ", ")).
			WithPath("kind").WithValue(Visible(kind.Text)).WithPosition(locate(kind.At)))
		return trade.Record{}
	}
	bind(n, subject, locate, issues)
	requireIdentity(n, locate, issues)
	return trade.Record{Of: subject}
}

// DocumentType is the type of the records of a kind; nil for a kind that is
// not known.
func DocumentType(kind trade.Kind) reflect.Type {
	subject, ok := trade.New(kind)
	if !ok {
		return nil
	}
	return reflect.TypeOf(subject).Elem()
}

// identity are the keys of a record that must not be empty, since records are
// told apart by them.
var identity = []struct{ object, key string }{{"source", "system"}, {"source", "id"}, {"", "sku"}}

func requireIdentity(n *Node, locate Locator, issues *diag.List) {
	for _, id := range identity {
		holder, path := n, id.key
		if id.object != "" {
			holder, path = n.Get(id.object), id.object+"."+id.key
		}
		if holder == nil {
			continue
		}
		if value := holder.Get(id.key); value != nil && value.Kind == StringNode && strings.TrimSpace(value.Text) == "" {
			issues.Add(diag.New(CodeMissingKey, "key", id.key).WithPath(path).WithPosition(locate(value.At)))
		}
	}
}

// NameInstance fills the instance of a record that does not name its own.
func NameInstance(r *trade.Record, instance string) {
	if r.Of == nil {
		return
	}
	if source := &r.Of.Header().Source; source.Instance == "" {
		source.Instance = instance
	}
}
