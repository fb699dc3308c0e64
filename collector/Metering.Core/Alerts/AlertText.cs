using Metering.Core.Languages;

namespace Metering.Core.Alerts;

/// <summary>Alerts in words, in both languages.</summary>
public static class AlertText
{
    /// <summary>Stable name of a kind, for machines: silent-board, disk, ...</summary>
    public static string Code(AlertKind kind) => kind switch
    {
        AlertKind.SilentBoard => "silent-board",
        AlertKind.SilentSensor => "silent-sensor",
        AlertKind.ImplausibleJump => "implausible-jump",
        AlertKind.IndexDrift => "index-drift",
        AlertKind.Disk => "disk",
        AlertKind.Certificate => "certificate",
        AlertKind.ForwarderLag => "forwarder-lag",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of alert."),
    };

    /// <summary>Unit of the kind's value.</summary>
    public static string Unit(AlertKind kind) => kind switch
    {
        AlertKind.SilentBoard or AlertKind.SilentSensor or AlertKind.ForwarderLag => "min",
        AlertKind.ImplausibleJump => "1",
        AlertKind.IndexDrift => "%",
        AlertKind.Disk => "MiB",
        AlertKind.Certificate => "d",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of alert."),
    };

    /// <summary>One sentence: what is wrong, with numbers and units.</summary>
    /// <param name="key">Which alert.</param>
    /// <param name="value">Value when it was raised.</param>
    /// <param name="language">French or English.</param>
    public static string Sentence(AlertKey key, double value, Language language)
    {
        var number = LocalNumber.Format(value, 1, language);
        return (key.Kind switch
        {
            AlertKind.SilentBoard => new BilingualText(
                $"La carte {key.Subject} se tait depuis {number} min.",
                $"Board {key.Subject} has been silent for {number} min."),
            AlertKind.SilentSensor => new BilingualText(
                $"La voie {key.Subject} ne donne plus de valeur depuis {number} min, alors que sa carte émet.",
                $"Channel {key.Subject} has given no value for {number} min, although its board speaks."),
            AlertKind.ImplausibleJump => new BilingualText(
                $"La voie {key.Subject} a fait un saut de {number} fois ce qui est possible.",
                $"Channel {key.Subject} made a jump of {number} times what is possible."),
            AlertKind.IndexDrift => new BilingualText(
                $"Point {key.Subject} : l’énergie comptée et l’afficheur du compteur diffèrent de {number} %.",
                $"Point {key.Subject}: the energy counted and the meter's display differ by {number} %."),
            AlertKind.Disk => new BilingualText(
                $"Il reste {number} Mio sur le disque du stockage.",
                $"{number} MiB are left on the disk of the store."),
            AlertKind.Certificate when value < 0 => new BilingualText(
                $"Le certificat {key.Subject} a expiré depuis {LocalNumber.Format(-value, 1, language)} jours.",
                $"Certificate {key.Subject} ended {LocalNumber.Format(-value, 1, language)} days ago."),
            AlertKind.Certificate => new BilingualText(
                $"Le certificat {key.Subject} expire dans {number} jours.",
                $"Certificate {key.Subject} ends in {number} days."),
            AlertKind.ForwarderLag => new BilingualText(
                $"Des mesures attendent InfluxDB depuis {number} min ; rien n’est perdu.",
                $"Readings have waited for InfluxDB for {number} min; nothing is lost."),
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Unknown kind of alert."),
        }).In(language);
    }

    /// <summary>What to do about it.</summary>
    public static string Advice(AlertKind kind, Language language) => (kind switch
    {
        AlertKind.SilentBoard => new BilingualText(
            "Vérifier son alimentation, le Wi-Fi et le serveur ; elle garde ses échantillons dans son journal.",
            "Check its power, the Wi-Fi and the server; it keeps its samples in its journal."),
        AlertKind.SilentSensor => new BilingualText(
            "Vérifier le câble du capteur ; la page des cartes donne la raison.",
            "Check the sensor's cable; the page of the boards gives the reason."),
        AlertKind.ImplausibleJump => new BilingualText(
            "Comparer à l’afficheur ou à un thermomètre ; la note n’en tire aucune énergie.",
            "Compare with the display or a thermometer; the note takes no energy from it."),
        AlertKind.IndexDrift => new BilingualText(
            "Relire l’index, vérifier le poids d’impulsion et le câblage S0.",
            "Read the index again, check the pulse weight and the S0 wiring."),
        AlertKind.Disk => new BilingualText(
            "Faire de la place : un stockage plein n’acquitte plus rien.",
            "Make room: a full store acknowledges nothing."),
        AlertKind.Certificate => new BilingualText(
            "Le renouveler : après son terme, les cartes ne se connectent plus.",
            "Renew it: after its end boards do not connect any more."),
        AlertKind.ForwarderLag => new BilingualText(
            "Lire dans le journal du collecteur ce que répond InfluxDB.",
            "Read in the collector's log what InfluxDB answers."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of alert."),
    }).In(language);
}
