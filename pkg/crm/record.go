package crm

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// isRecord tells whether a tree wants to be a canonical record: no CRM known
// names both of these keys so.
func isRecord(n *node) bool {
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
	kind := n.get("kind")
	if kind == nil {
		issues.Add(diag.New(CodeMissingKey, "key", "kind").WithPath("kind").WithPosition(locate(n.at)))
		return trade.Record{}
	}
	subject, ok := trade.New(trade.Kind(kind.text))
	if !ok || kind.kind != stringNode {
		issues.Add(diag.New(CodeValueNotAllowed, "allowed", strings.Join(trade.Kind("").Values(), ", ")).
			WithPath("kind").WithValue(visible(kind.text)).WithPosition(locate(kind.at)))
		return trade.Record{}
	}
	bind(n, subject, locate, issues)
	requireIdentity(n, locate, issues)
	return trade.Record{Of: subject}
}

// documentType is the type of the records of a kind; nil for a kind that is
// not known.
func documentType(kind trade.Kind) reflect.Type {
	subject, ok := trade.New(kind)
	if !ok {
		return nil
	}
	return reflect.TypeOf(subject).Elem()
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
	if r.Of == nil {
		return
	}
	if source := &r.Of.Header().Source; source.Instance == "" {
		source.Instance = instance
	}
}
