package pohoda

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/money"
)

// orderLine is one line of an order: ord:orderItem (order.xsd, orderItemType).
var orderLine = slices.Concat(
	lineHead("ord:"),
	lineRows{
		decimal("ord:delivered", "Přeneseno", "deliveredQuantity", func(l lineOf) *money.Decimal { return &l.line.DeliveredQuantity }),
	},
	linePrices("ord:"),
	lineStock("ord:"),
	linePlaces("ord:"),
	lineEnd("ord:"),
)
