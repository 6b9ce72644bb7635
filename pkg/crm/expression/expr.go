// Package expression is the language of mapping profiles and of conditions on records:
// expr-lang with exact numbers, functions of the trade and a budget of steps.
package expression

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	exprcompiler "github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of an expression that fails when a record is read.
var (
	CodeExpressionFailed  = diag.Refused.Code("expression-failed", "error")
	CodeExpressionResult  = diag.Refused.Code("expression-result", "type")
	CodeExpressionType    = diag.Refused.Code("expression-type", "expected", "found")
	CodeExpressionZero    = diag.Refused.Code("expression-zero")
	CodeExpressionTooLong = diag.Refused.Code("expression-too-long")
	CodeExpressionEndless = diag.Refused.Code("expression-endless", "limit")
	CodeExpressionNothing = diag.Refused.Code("expression-nothing")
)

// Limits of one expression: its length, how deep its brackets lie, its parts,
// and what a run of it may build. How long a run may take is in budget.go.
const (
	maxExpression = 16 << 10
	maxBrackets   = 64
	maxNodes      = 2000
	memoryBudget  = 200_000
)

// RunName is the hidden variable by which functions reach the run.
const RunName = "_run"

// Language compiles expressions. It is not for concurrent use.
type Language struct {
	config *conf.Config
	Patch  *exact
	// names are the variables that expressions may use.
	names types.Map
}

// NewLanguage has the functions of the language and no names of variables.
func NewLanguage() *Language {
	l := &Language{conf.CreateNew(), &exact{}, types.Map{RunName: types.Any}}
	l.config.MaxNodes = maxNodes
	l.config.Visitors = []ast.Visitor{l.Patch}
	for name := range l.config.Builtins {
		if _, stays := builtins[name]; !stays {
			delete(l.config.Builtins, name)
			l.config.Disabled[name] = true
		}
	}
	for name, apply := range operators {
		call := func(args ...any) (any, error) { return apply(args[0], args[1]) }
		expr.Function(operatorName(name), call, new(two))(l.config)
	}
	for name, f := range functions {
		expr.Function(name, f.call, f.signature)(l.config)
	}
	l.budgeted()
	return l
}

// Know makes variables known to the expressions that follow.
func (l *Language) Know(names ...string) {
	for _, name := range names {
		l.names[name] = types.Any
	}
	l.config.WithEnv(l.names)
}

// Knows tells whether expressions may use a name.
func (l *Language) Knows(name string) bool {
	_, known := l.names[name]
	return known
}

// Expression is a compiled expression and what it reads of the record.
type Expression struct {
	text    string
	program *vm.Program
	Reads   []Reading
	// Pure says that it only names a part of the input and makes nothing of it.
	Pure bool
	Uses []Use
	// Words are the texts that stand in it, which it may give as they are.
	Words []string
}

// Compile compiles an expression over the known variables. The error is expr's
// own *file.Error, with the place inside the expression.
func (l *Language) Compile(text string) (*Expression, error) {
	if err := tooLarge(text); err != nil {
		return nil, err
	}
	*l.Patch = exact{lenient: l.Patch.lenient, Later: l.Patch.Later}
	tree, err := checker.ParseCheck(text, l.config)
	if err != nil {
		return nil, err
	}
	if l.Patch.refused != "" {
		return nil, errors.New("unknown name " + l.Patch.refused)
	}
	// The optimizer is left out: it computes with constants in binary fractions.
	_, pure := chain(tree.Node)
	reads, words := readings(tree.Node), textsIn(tree.Node, nil)
	countSteps(&tree.Node)
	program, err := exprcompiler.Compile(tree, l.config)
	if err != nil {
		return nil, err
	}
	return &Expression{text, program, reads, pure, l.Patch.uses, words}, nil
}

// tooLarge refuses an expression before the parser, which calls itself for each
// bracket, has seen it.
func tooLarge(text string) error {
	if len(text) > maxExpression {
		return fmt.Errorf("longer than %d characters", maxExpression)
	}
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '[', '{':
			if depth++; depth > maxBrackets {
				return fmt.Errorf("brackets lie in each other more than %d deep", maxBrackets)
			}
		case ')', ']', '}':
			depth--
		}
	}
	return nil
}

// Compile compiles a single expression over the named variables.
func Compile(text string, variables []string) (*Expression, error) {
	l := NewLanguage()
	l.Know(variables...)
	return l.Compile(text)
}

// Evaluate runs the expression. A failure is a *diag.Issue without a place.
func (e *Expression) Evaluate(machine *vm.VM, env map[string]any) (any, *diag.Issue) {
	machine.MemoryBudget = memoryBudget
	value, err := machine.Run(e.program, env)
	if err == nil {
		return value, nil
	}
	if issue, ok := errors.AsType[*diag.Issue](err); ok {
		return nil, issue
	}
	return nil, diag.New(CodeExpressionFailed, "error", PlainError(err)).WithValue(e.text)
}

// PlainError is the message of the expression library without the picture of
// the expression under it.
func PlainError(err error) string {
	if at, ok := errors.AsType[*file.Error](err); ok {
		return at.Message
	}
	return strings.SplitN(err.Error(), "\n", 2)[0]
}

func plainFloat(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
