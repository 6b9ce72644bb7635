package crm

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// literal is a number of the source as an expression sees it: its own text, so
// that no digit is lost and only the numbers that are computed with are parsed.
type literal string

// valueOf gives an expression's view of a tree: maps, lists, texts, truth
// values, numbers as literals, nil for null.
func valueOf(n *node) any {
	switch n.kind {
	case stringNode:
		return n.text
	case numberNode:
		return literal(n.text)
	case boolNode:
		return n.text == "true"
	case objectNode:
		object := make(map[string]any, len(n.members))
		for i := range n.members {
			object[n.members[i].key] = valueOf(&n.members[i].value)
		}
		return object
	case arrayNode:
		array := make([]any, len(n.items))
		for i := range n.items {
			array[i] = valueOf(&n.items[i])
		}
		return array
	}
	return nil
}

// nodeOf makes a tree of the result of an expression. Blank texts, empty lists
// and objects of nothing are absent: sources write them where nothing is known.
// Keys are sorted, since Go's maps have no order.
func nodeOf(value any, at int) (node, error) {
	switch v := value.(type) {
	case nil:
		return node{at: at}, nil
	case string:
		if blank(v) {
			return node{at: at}, nil
		}
		return node{kind: stringNode, at: at, text: v}, nil
	case literal:
		return node{kind: numberNode, at: at, text: string(v)}, nil
	case money.Decimal, int:
		d, err := decimalOf(v)
		if err != nil || !d.IsSet() {
			return node{at: at}, err
		}
		return node{kind: numberNode, at: at, text: d.String()}, nil
	case bool:
		return node{kind: boolNode, at: at, text: fmt.Sprint(v)}, nil
	case []any:
		return arrayOf(v, at)
	case map[string]any:
		return objectOf(v, at)
	}
	return node{}, diag.New(CodeExpressionResult, "type", fmt.Sprintf("%T", value))
}

func arrayOf(values []any, at int) (node, error) {
	list := node{kind: arrayNode, at: at}
	for _, value := range values {
		item, err := nodeOf(value, at)
		if err != nil {
			return node{}, err
		}
		if item.kind != nullNode {
			list.items = append(list.items, item)
		}
	}
	if len(list.items) == 0 {
		return node{at: at}, nil
	}
	return list, nil
}

func objectOf(values map[string]any, at int) (node, error) {
	object := node{kind: objectNode, at: at}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		value, err := nodeOf(values[key], at)
		if err != nil {
			return node{}, err
		}
		if value.kind != nullNode {
			object.members = append(object.members, member{key: key, at: at, value: value})
		}
	}
	if len(object.members) == 0 {
		return node{at: at}, nil
	}
	return object, nil
}

// blank tells whether a text says nothing.
func blank(text string) bool {
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
	return value == nil || isText && blank(text)
}

// textOf gives a text, number or truth value as text.
func textOf(value any) (string, error) {
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
	return "", diag.New(CodeExpressionType, "expected", stringNode.String(), "found", typeName(value))
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
		if blank(v) {
			return money.Decimal{}, nil
		}
		return parseDecimal(v)
	case nil:
		return money.Decimal{}, nil
	}
	return money.Decimal{}, diag.New(CodeExpressionType, "expected", numberNode.String(), "found", typeName(value))
}

func parseDecimal(text string) (money.Decimal, error) {
	d, err := money.Parse(text)
	if err != nil {
		return d, diag.New(CodeBadDecimal).WithValue(visible(text))
	}
	return d, nil
}

// typeName is JSON's word for the type of a value.
func typeName(value any) string {
	switch value.(type) {
	case nil:
		return nullNode.String()
	case bool:
		return boolNode.String()
	case string:
		return stringNode.String()
	case literal, money.Decimal, int:
		return numberNode.String()
	case []any:
		return arrayNode.String()
	case map[string]any:
		return objectNode.String()
	}
	return fmt.Sprintf("%T", value)
}
