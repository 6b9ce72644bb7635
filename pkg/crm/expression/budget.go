package expression

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// How many steps an expression may take, and all those of one record together.
// A step is one item that a condition or expression of filter, any, map and the
// like is asked about; what a function does inside such a loop counts by the
// size of what it is given. The language has no other loops, so with a bound on
// the steps every expression ends. An expression that compares each of 700 lines
// with each takes half a million steps; a million takes some tenths of a second.
const (
	maxSteps       = 1_000_000
	maxRecordSteps = 20_000_000
)

// What is a step for functions: so many bytes of a text.
const bytesAStep = 8

// The hidden functions that count begin with budget, which no expression can
// spell: stepCall counts a value and gives it, inLoop names what counts before it
// does what another function does.
const (
	budget   = "budget "
	stepCall = budget + "step"
)

func inLoop(function string) string { return budget + function }

// budgeted adds the hidden functions that count steps, once all others are
// known.
func (l *Language) budgeted() {
	for _, name := range slices.Sorted(maps.Keys(l.config.Functions)) {
		if strings.HasPrefix(name, budget) {
			continue
		}
		call, cost := l.config.Functions[name].Func, costs[name]
		if cost == nil {
			cost = weights
		}
		expr.Function(inLoop(name), func(args ...any) (any, error) {
			if err := args[0].(runner).Spend(cost(args[1:])); err != nil {
				return nil, err
			}
			return call(args[1:]...)
		}, new(many))(l.config)
	}
	counted := func(args ...any) (any, error) { return args[1], args[0].(runner).Spend(1 + weight(args[1])) }
	expr.Function(stepCall, counted, new(two))(l.config)
}

// countSteps makes the loops of an expression count. It comes after the check of
// types, which would else know no more what a condition gives.
func countSteps(root *ast.Node) { ast.Walk(root, loops{}) }

// loops finds the loops of an expression, the inner ones first.
type loops struct{}

func (loops) Visit(n *ast.Node) {
	if body, ok := (*n).(*ast.PredicateNode); ok {
		ast.Walk(&body.Node, insideLoop{})
		weigh(&body.Node)
	}
}

// insideLoop makes what may take long inside a loop count by its size.
type insideLoop struct{}

func (insideLoop) Visit(n *ast.Node) {
	switch v := (*n).(type) {
	case *ast.CallNode:
		if callee, ok := v.Callee.(*ast.IdentifierNode); ok && !strings.HasPrefix(callee.Value, budget) {
			replace(n, inLoop(callee.Value), append([]ast.Node{&ast.IdentifierNode{Value: RunName}}, v.Arguments...)...)
		}
	case *ast.BinaryNode:
		if slices.Contains(readers, v.Operator) {
			weigh(&v.Left)
			weigh(&v.Right)
		}
	case *ast.BuiltinNode:
		if v.Name == "len" && len(v.Arguments) == 1 {
			weigh(&v.Arguments[0])
		}
	}
}

// readers are the operators of the expression library that read whole texts.
var readers = []string{"contains", "startsWith", "endsWith", "matches"}

// weigh makes the value of a part of an expression count.
func weigh(n *ast.Node) {
	if call, ok := (*n).(*ast.CallNode); ok {
		if callee, ok := call.Callee.(*ast.IdentifierNode); ok && callee.Value == stepCall {
			return // an inner loop has it already
		}
	}
	replace(n, stepCall, &ast.IdentifierNode{Value: RunName}, *n)
}

// costs are the steps of the operators that look into lists and objects.
var costs = map[string]func(args []any) int{
	operatorName("=="): func(args []any) int { return min(depths(args[0]), depths(args[1])) },
	operatorName("!="): func(args []any) int { return min(depths(args[0]), depths(args[1])) },
	operatorName("in"): func(args []any) int { return depths(args[0]) * weight(args[1]) },
}

// weights are the steps of a function that reads each of its arguments once.
func weights(args []any) (steps int) {
	for _, value := range args {
		steps += weight(value)
	}
	return steps
}

// weight is the size of a value in steps, without what its items hold.
func weight(value any) int {
	switch v := value.(type) {
	case string:
		return len(v) / bytesAStep
	case []any:
		return len(v)
	case map[string]any:
		return len(v)
	}
	return 0
}

// depths is the size of a value in steps with all that is in it.
func depths(value any) int {
	steps := 1 + weight(value)
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			steps += depths(item)
		}
	case map[string]any:
		for _, item := range v {
			steps += depths(item)
		}
	}
	return steps
}

// runner is what functions reach as a hidden first argument: the run of the expressions
// of one record.
type runner interface {
	// Spend takes steps from the budget of the expression and the record.
	Spend(steps int) error
	// Report adds a finding at the field that is being made.
	Report(*diag.Issue)
	// Lookup translates a word by one of the profile's maps, record finds the one further
	// record of a key, records all of them.
	Lookup(name, word string) (any, error)
	Record(name, id string) (any, error)
	Records(name, id string) (any, error)
}

// StepBudget counts the steps of a record: those that its expressions have taken so far,
// and those before the present one.
type StepBudget struct{ steps, before int }

// Begin begins an expression.
func (b *StepBudget) Begin() { b.before = b.steps }

// Spend takes steps from the budget of the expression and the record.
func (b *StepBudget) Spend(steps int) error {
	b.steps += steps
	limit := 0
	switch {
	case b.steps > maxRecordSteps:
		limit = maxRecordSteps
	case b.steps-b.before > maxSteps:
		limit = maxSteps
	default:
		return nil
	}
	return diag.New(CodeExpressionEndless, "limit", strconv.Itoa(limit))
}
