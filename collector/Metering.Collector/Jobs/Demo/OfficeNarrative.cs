namespace Metering.Collector.Jobs.Demo;

/// <summary>What people would write into the note of the invented office, in the form of a dossier's text file.</summary>
internal static class OfficeNarrative
{
    public const string French = """
        # synthesis

        Les travaux et le relèvement des consignes ont réduit la climatisation d’environ un tiers, sans que les pièces climatisées sortent davantage des zones de confort.

        # operation

        Bureaux de 120 m² sur un niveau, climatisés par trois appareils sur deux circuits dédiés ; l’accueil est ventilé naturellement. Le bâtiment, ses occupants et ses factures sont inventés ; le temps est celui d’une année type d’Honolulu, remaniée.

        # measuring

        Deux circuits de climatisation non mélangés à d’autres usages, chacun avec un sous-compteur à impulsions de 10 Wh ; une carte par pièce pour la température et l’humidité, une à l’extérieur. Les cartes sont virtuelles et exécutent le micrologiciel ; coupures de secteur, pannes de Wi-Fi et capteurs muets leur arrivent comme à un site ordinaire.

        # consumption

        Le mois des travaux n’entre ni dans l’année de référence ni dans le suivi. Les impulsions arrivées pendant une coupure d’alimentation de la carte sont perdues pour elle, et pour elle seule : le compteur du fournisseur les compte, d’où un léger écart avec les factures.

        # savings

        L’occupation n’a pas changé entre les deux périodes : aucun ajustement non périodique.

        # comfort

        La consigne est passée de 23,5 à 25 °C avec les brasseurs d’air. Le lundi matin et le week-end, les pièces climatisées suivent l’air extérieur.

        # charges

        Local loué ; la troisième ligne de quittance est une hypothèse.

        # usage

        Les occupants ont été réunis à la réception et après le premier été.

        # results

        L’objectif de 30 % porte sur la climatisation seule, seule mesurée avant les travaux.

        # lessons

        Le relèvement de la consigne n’a été accepté qu’avec les brasseurs d’air.

        - Programmer l’arrêt de la climatisation du plateau à 19 h : les oublis du soir restent visibles sur la carte des heures.
        - Démarrer la salle de réunion plus tôt le lundi.
        - Mesurer aussi l’éclairage et la bureautique avant la prochaine tranche.
        - Vérifier les sondes d’humidité au sel avant de prolonger le suivi.
        """;

    public const string English = """
        # synthesis

        The works and the higher set points cut air conditioning by about a third, and the cooled rooms leave the comfort zones no more than before.

        # operation

        Offices of 120 m² on one floor, cooled by three units on two dedicated circuits; the hall is naturally ventilated. Building, occupants and invoices are invented; the weather is a typical year of Honolulu, rearranged.

        # measuring

        Two air-conditioning circuits that carry nothing else, each with a sub-meter of 10 Wh a pulse; a board in each room for temperature and humidity, and one outdoors. The boards are virtual and run the firmware; power cuts, Wi-Fi failures and silent sensors happen to them as on an ordinary site.

        # consumption

        The month of the works belongs neither to the baseline nor to the follow-up. Pulses that arrive while a board has no supply are lost to it, and to it alone: the supplier’s meter counts them, hence a slight difference from the invoices.

        # savings

        Occupancy did not change between the two periods: no non-routine adjustment.

        # comfort

        The set point went from 23.5 to 25 °C with the ceiling fans. On Monday mornings and at weekends the cooled rooms follow the outdoor air.

        # charges

        Rented premises; the third line is an assumption.

        # usage

        The occupants met at reception and after the first summer.

        # results

        The target of 30 % is about air conditioning alone, the only use metered before the works.

        # lessons

        The higher set point was accepted only together with the ceiling fans.

        - Switch off the open space at 19:00 by a timer: evenings on which it was forgotten still show in the map of hours.
        - Start the meeting room earlier on Mondays.
        - Meter lighting and machines too before the next works.
        - Check the humidity sensors with salt before the follow-up goes on.
        """;
}
