namespace Metering.Collector.Identity.Access;

/// <summary>What a person is to the installation. One account has one role.</summary>
public enum Role
{
    /// <summary>Everything, users and privacy included.</summary>
    Administrator = 0,

    /// <summary>Installs and keeps boards; sees and corrects what they measure.</summary>
    Technician = 1,

    /// <summary>Owns buildings and sees those.</summary>
    Landlord = 2,

    /// <summary>Evaluates every building without knowing whose it is.</summary>
    Analyst = 3,

    /// <summary>Lives in a dwelling and sees that one.</summary>
    Occupant = 4,
}

/// <summary>What part of the registry a role's permissions apply to.</summary>
public enum RoleScope
{
    Everything = 0,
    OwnBuildings = 1,
    EverythingPseudonymised = 2,
    OwnDwellings = 3,
}
