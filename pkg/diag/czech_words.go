package diag

// czechWords are the Czech words of places: kinds of record, and fields as
// POHODA's users call them.
var czechWords = map[string]string{
	"deal": "obchodní případ", "order": "objednávka", "offer": "nabídka", "invoice": "faktura",
	"contact": "kontakt", "product": "produkt", "contract": "zakázka", "payment": "úhrada",

	"accountingDate": "datum účetního případu", "address": "adresa", "amount": "částka",
	"carrier": "dopravce", "centre": "středisko", "activity": "činnost", "city": "obec", "code": "kód",
	"country": "země", "currency": "měna", "customer": "odběratel", "deliverFrom": "vyřídit od",
	"deliverUntil": "vyřídit do", "discountPercent": "sleva", "email": "e-mail", "exchangeRate": "kurz",
	"gross": "částka s DPH", "issueDate": "datum", "kind": "druh", "labels": "štítky", "lines": "řádky",
	"method": "forma úhrady", "methodName": "forma úhrady", "name": "název", "net": "částka bez DPH",
	"note": "poznámka", "number": "číslo", "person": "osoba", "phone": "telefon", "priceLevel": "cenová hladina",
	"project": "zakázka", "quantity": "množství", "registrationId": "IČO", "shipTo": "dodací adresa",
	"sku": "kód zboží", "source": "zdroj", "status": "stav", "store": "sklad", "street": "ulice",
	"supplier": "dodavatel", "taxId": "DIČ", "title": "předmět", "totals": "celkem", "payable": "k úhradě", "pricesIncludeVat": "ceny s DPH", "pohoda": "POHODA", "unit": "jednotka",
	"unitPrice": "jednotková cena", "vat": "DPH", "vatCode": "sazba DPH", "vatId": "IČ DPH", "vatRate": "sazba DPH", "zip": "PSČ",
}
