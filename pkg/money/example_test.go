package money_test

import (
	"fmt"

	"github.com/gopohoda/pohoda/pkg/money"
)

// Decimals are exact, and absent is not nought.
func Example() {
	price, err := money.Parse("1499.90")
	if err != nil {
		fmt.Println(err)
		return
	}
	var discount money.Decimal
	fmt.Println(price.Mul(money.FromInt(3)), discount.IsSet(), money.Zero.IsSet())
	// Output: 4499.7 false true
}

func ExampleRounding_Apply() {
	fmt.Println(money.MathToOne.Apply(money.MustParse("1234.50")))
	// Output: 1235
}
