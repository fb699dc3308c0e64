namespace Metering.Firmware.Tests.Nano;

/// <summary>What compiles and fails on the device.</summary>
internal enum NanoConstruct
{
    OwnGenericType,
    OwnGenericMethod,
    GenericInstance,
    MultiDimensionalArray,
    FunctionPointer,
    Stackalloc,
    CustomNumberFormat,
    UnseenNumberFormat,
    FloatToString,
    Checked,
    EnumToString,
    StaticMutableField,
    TryParse,
    Volatile,
    RealWorld,
    NotInTheList,
    StandInOnly,
}
