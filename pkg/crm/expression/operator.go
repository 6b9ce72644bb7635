package expression

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// divisionPlaces is how exact a division is; what is written is rounded by
// round() or price().
const divisionPlaces = 20

// operators are the operators of the language that mean something else for
// exact decimals. They work on numbers of the source, decimals and the whole
// numbers of the expression alike; the rest keeps expr's own meaning.
var operators = map[string]func(a, b any) (any, error){
	"+":  add,
	"-":  arithmetic(money.Decimal.Sub),
	"*":  arithmetic(money.Decimal.Mul),
	"/":  divide,
	"==": func(a, b any) (any, error) { return Equal(a, b), nil },
	"!=": func(a, b any) (any, error) { return !Equal(a, b), nil },
	"<":  comparison(func(order int) bool { return order < 0 }),
	"<=": comparison(func(order int) bool { return order <= 0 }),
	">":  comparison(func(order int) bool { return order > 0 }),
	">=": comparison(func(order int) bool { return order >= 0 }),
	"in": contains,
}

// operatorName is the hidden function behind an operator; no expression can
// spell it.
func operatorName(operator string) string { return "operator " + operator }

// exact replaces operators by the functions behind them, numbers with a
// fraction by decimals, and hands the run to the functions that need it.
type exact struct {
	// lenient reads a key of what is absent as absent, as ?. does.
	lenient bool
	// Later are the variables that only expressions behind this one may use.
	Later map[string]bool
	// refused is a name that expressions must not use.
	refused string
	// uses are the maps and lookups that the expression names.
	uses []Use
}

// Use is a call of lookup(), record() or records() and the name that it gives.
type Use struct{ Function, Name string }

// Visit is called for each part of an expression, the inner ones first.
func (e *exact) Visit(n *ast.Node) {
	switch v := (*n).(type) {
	case *ast.BinaryNode:
		if _, ok := operators[v.Operator]; ok {
			replace(n, operatorName(v.Operator), v.Left, v.Right)
		}
	case *ast.UnaryNode:
		if whole, ok := v.Node.(*ast.IntegerNode); ok && v.Operator == "-" {
			*n = at(&ast.IntegerNode{Value: -whole.Value}, v.Location())
		} else if v.Operator == "-" {
			replace(n, operatorName("-"), &ast.IntegerNode{}, v.Node)
		}
	case *ast.FloatNode:
		// The shortest notation of the float is what stands in the expression.
		replace(n, "dec", &ast.StringNode{Value: plainFloat(v.Value)})
	case *ast.IdentifierNode:
		if v.Value == "$env" || v.Value == RunName || e.Later[v.Value] {
			e.refused = v.Value
		}
	case *ast.MemberNode:
		if e.lenient && !v.Method {
			v.Optional = true
			whole := &ast.ChainNode{Node: v}
			whole.SetLocation(v.Location())
			*n = whole
		}
	case *ast.CallNode:
		if callee, ok := v.Callee.(*ast.IdentifierNode); ok {
			e.call(v, callee.Value)
		}
	}
}

func (e *exact) call(call *ast.CallNode, name string) {
	if !functions[name].needsRun {
		return
	}
	if (name == "lookup" || name == "record" || name == "records") && len(call.Arguments) > 0 {
		// A name that is not written out is "", which no map or lookup has.
		text, _ := call.Arguments[0].(*ast.StringNode)
		e.uses = append(e.uses, Use{name, valueOrNothing(text)})
	}
	call.Arguments = append([]ast.Node{&ast.IdentifierNode{Value: RunName}}, call.Arguments...)
}

func valueOrNothing(text *ast.StringNode) string {
	if text == nil {
		return ""
	}
	return text.Value
}

// replace puts a call of a function in the place of a part of an expression.
func replace(n *ast.Node, function string, arguments ...ast.Node) {
	callee := at(&ast.IdentifierNode{Value: function}, (*n).Location())
	*n = at(&ast.CallNode{Callee: callee, Arguments: arguments}, (*n).Location())
}

// at gives a new part its place in the text.
func at(n ast.Node, place file.Location) ast.Node {
	n.SetLocation(place)
	return n
}

// add adds numbers and joins texts.
func add(a, b any) (any, error) {
	left, leftText := a.(string)
	right, rightText := b.(string)
	if leftText && rightText {
		return limited(left + right)
	}
	if leftText || rightText {
		return nil, diag.New(CodeExpressionType, "expected", TypeName(a), "found", TypeName(b))
	}
	return arithmetic(money.Decimal.Add)(a, b)
}

// arithmetic computes with numbers. What is absent is refused: nought and
// nothing are different things, and dec(x ?? 0) says which is meant.
func arithmetic(compute func(a, b money.Decimal) money.Decimal) func(a, b any) (any, error) {
	return func(a, b any) (any, error) {
		left, err := numberOf(a)
		if err != nil {
			return nil, err
		}
		right, err := numberOf(b)
		if err != nil {
			return nil, err
		}
		return bounded(compute(left, right))
	}
}

// numberOf is decimalOf for an operand: texts are no numbers, so that a text
// never slips into arithmetic without dec().
func numberOf(value any) (money.Decimal, error) {
	if _, isText := value.(string); isText {
		return money.Decimal{}, diag.New(CodeExpressionType, "expected", canonical.NumberNode.String(), "found", TypeName(value))
	}
	d, err := decimalOf(value)
	if err == nil && !d.IsSet() {
		err = diag.New(CodeExpressionType, "expected", canonical.NumberNode.String(), "found", TypeName(nil))
	}
	return d, err
}

// maxMagnitude bounds the numbers of a computation, so that no chain of
// multiplications fills the memory.
const maxMagnitude = 120

func bounded(d money.Decimal) (any, error) {
	if len(d.String()) > maxMagnitude {
		return nil, diag.New(canonical.CodeNumberOutOfRange).WithValue(d.String())
	}
	return d, nil
}

func divide(a, b any) (any, error) {
	divisor, err := numberOf(b)
	if err != nil {
		return nil, err
	}
	if divisor.Sign() == 0 {
		return nil, diag.New(CodeExpressionZero)
	}
	return arithmetic(func(a, b money.Decimal) money.Decimal { return a.Div(b, divisionPlaces) })(a, b)
}

// Equal compares by value: numbers as numbers however they are written, other
// values as they are. A number never equals a text.
func Equal(a, b any) bool {
	if number(a) && number(b) {
		left, errLeft := decimalOf(a)
		right, errRight := decimalOf(b)
		return errLeft == nil && errRight == nil && left.Cmp(right) == 0
	}
	switch left := a.(type) {
	case nil, string, bool:
		return left == b
	case []any:
		right, ok := b.([]any)
		return ok && slices.EqualFunc(left, right, Equal)
	case map[string]any:
		right, ok := b.(map[string]any)
		return ok && maps.EqualFunc(left, right, Equal)
	}
	return false
}

func number(value any) bool {
	switch value.(type) {
	case literal, money.Decimal, int:
		return true
	}
	return false
}

func comparison(holds func(order int) bool) func(a, b any) (any, error) {
	return func(a, b any) (any, error) {
		left, leftText := a.(string)
		right, rightText := b.(string)
		if leftText && rightText {
			return holds(cmp.Compare(left, right)), nil
		}
		x, err := numberOf(a)
		if err != nil {
			return nil, err
		}
		y, err := numberOf(b)
		return err == nil && holds(x.Cmp(y)), err
	}
}

// contains tells whether a value is in a list or a key in an object.
func contains(value, of any) (any, error) {
	switch all := of.(type) {
	case nil:
		return false, nil
	case []any:
		for _, one := range all {
			if Equal(value, one) {
				return true, nil
			}
		}
		return false, nil
	case map[string]any:
		key, _ := value.(string)
		_, ok := all[key]
		return ok, nil
	}
	return nil, diag.New(CodeExpressionType, "expected", canonical.ArrayNode.String(), "found", TypeName(of))
}

// maxText is how many bytes a text made by an expression may have.
const maxText = 1 << 20

func limited(text string) (any, error) {
	if len(text) > maxText {
		return nil, diag.New(CodeExpressionTooLong)
	}
	return text, nil
}

// limitedJoin joins texts within maxText.
func limitedJoin(parts []string, separator string) (any, error) {
	return limited(strings.Join(parts, separator))
}
