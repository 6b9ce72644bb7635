package expression

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// literal is a number of the source as an expression sees it: its own text, so
// that no digit is lost and only the numbers that are computed with are parsed.
type literal string

// ValueOf gives an expression's view of a tree: maps, lists, texts, truth
// values, numbers as literals, nil for null.
func ValueOf(n *canonical.Node) any {
	switch n.Kind {
	case canonical.StringNode:
		return n.Text
	case canonical.NumberNode:
		return literal(n.Text)
	case canonical.BoolNode:
		return n.Text == "true"
	case canonical.ObjectNode:
		object := make(map[string]any, len(n.Members))
		for i := range n.Members {
			object[n.Members[i].Key] = ValueOf(&n.Members[i].Value)
		}
		return object
	case canonical.ArrayNode:
		array := make([]any, len(n.Items))
		for i := range n.Items {
			array[i] = ValueOf(&n.Items[i])
		}
		return array
	}
	return nil
}

// NodeOf makes a tree of the result of an expression. Blank texts, empty lists
// and objects of nothing are absent: sources write them where nothing is known.
// Keys are sorted, since Go's maps have no order.
func NodeOf(value any, at int) (canonical.Node, error) {
	switch v := value.(type) {
	case nil:
		return canonical.Node{At: at}, nil
	case string:
		if Blank(v) {
			return canonical.Node{At: at}, nil
		}
		return canonical.Node{Kind: canonical.StringNode, At: at, Text: v}, nil
	case literal:
		return canonical.Node{Kind: canonical.NumberNode, At: at, Text: string(v)}, nil
	case money.Decimal, int:
		d, err := decimalOf(v)
		if err != nil || !d.IsSet() {
			return canonical.Node{At: at}, err
		}
		return canonical.Node{Kind: canonical.NumberNode, At: at, Text: d.String()}, nil
	case bool:
		return canonical.Node{Kind: canonical.BoolNode, At: at, Text: fmt.Sprint(v)}, nil
	case []any:
		return arrayOf(v, at)
	case map[string]any:
		return objectOf(v, at)
	}
	return canonical.Node{}, diag.New(CodeExpressionResult, "type", fmt.Sprintf("%T", value))
}

func arrayOf(values []any, at int) (canonical.Node, error) {
	list := canonical.Node{Kind: canonical.ArrayNode, At: at}
	for _, value := range values {
		item, err := NodeOf(value, at)
		if err != nil {
			return canonical.Node{}, err
		}
		if item.Kind != canonical.NullNode {
			list.Items = append(list.Items, item)
		}
	}
	if len(list.Items) == 0 {
		return canonical.Node{At: at}, nil
	}
	return list, nil
}

func objectOf(values map[string]any, at int) (canonical.Node, error) {
	object := canonical.Node{Kind: canonical.ObjectNode, At: at}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		value, err := NodeOf(values[key], at)
		if err != nil {
			return canonical.Node{}, err
		}
		if value.Kind != canonical.NullNode {
			object.Members = append(object.Members, canonical.Member{Key: key, At: at, Value: value})
		}
	}
	if len(object.Members) == 0 {
		return canonical.Node{At: at}, nil
	}
	return object, nil
}

// Blank tells whether a text says nothing.
func Blank(text string) bool {
	for _, r := range text {
		if r != ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\u00a0' {
			return false
		}
	}
	return true
}

// absent tells whether a value says nothing.
func absent(value any) bool {
	text, isText := value.(string)
	return value == nil || isText && Blank(text)
}

// TextOf gives a text, number or truth value as text.
func TextOf(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case literal:
		return string(v), nil
	case money.Decimal:
		return v.String(), nil
	case int, bool:
		return fmt.Sprint(v), nil
	}
	return "", diag.New(CodeExpressionType, "expected", canonical.StringNode.String(), "found", TypeName(value))
}

// decimalOf gives a number, or a text in the notation of one; what is absent
// gives the absent number.
func decimalOf(value any) (money.Decimal, error) {
	switch v := value.(type) {
	case money.Decimal:
		return v, nil
	case int:
		return money.FromInt(int64(v)), nil
	case literal:
		return parseDecimal(string(v))
	case string:
		if Blank(v) {
			return money.Decimal{}, nil
		}
		return parseDecimal(v)
	case nil:
		return money.Decimal{}, nil
	}
	return money.Decimal{}, diag.New(CodeExpressionType, "expected", canonical.NumberNode.String(), "found", TypeName(value))
}

func parseDecimal(text string) (money.Decimal, error) {
	d, err := money.Parse(text)
	if err != nil {
		return d, diag.New(canonical.CodeBadDecimal).WithValue(canonical.Visible(text))
	}
	return d, nil
}

// TypeName is JSON's word for the type of a value.
func TypeName(value any) string {
	switch value.(type) {
	case nil:
		return canonical.NullNode.String()
	case bool:
		return canonical.BoolNode.String()
	case string:
		return canonical.StringNode.String()
	case literal, money.Decimal, int:
		return canonical.NumberNode.String()
	case []any:
		return canonical.ArrayNode.String()
	case map[string]any:
		return canonical.ObjectNode.String()
	}
	return fmt.Sprintf("%T", value)
}
