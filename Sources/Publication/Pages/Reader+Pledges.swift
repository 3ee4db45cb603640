internal import Impact

/// Units and methods of contributions.
extension Reader {
  /// A quantity with its unit: `36 h`.
  func quantity(_ number: Double, _ unit: String) -> String {
    unit == "eur"
      ? value(number, .euro) : numbers.short(number, decimals: 1) + Numbers.space + self.unit(unit)
  }

  /// A unit of contributions, as short as it is understood.
  func unit(_ unit: String) -> String {
    switch unit {
    case "eur": "€"
    case "hours": "h"
    case "days": say("jours", "days")
    case "people": say("personnes", "people")
    case "items": say("unités", "items")
    case "m2": "m²"
    case "etp_months": say("mois d’ETP", "FTE months")
    case "tonnes": "t"
    default: unit
    }
  }

  /// How a contribution was valued.
  func method(_ method: String) -> String {
    switch method {
    case "face_value": say("valeur nominale", "face value")
    case "cost": say("prix de revient", "at cost")
    case "invoice": say("facture", "invoice")
    case "stock_value": say("valeur de stock", "stock value")
    case "book_value": say("valeur comptable", "book value")
    case "market_rent": say("loyer de marché", "market rent")
    case "declared_proxy": say("forfait déclaré", "declared proxy")
    case "not_valued": say("non valorisé", "not valued")
    default: method
    }
  }
}
