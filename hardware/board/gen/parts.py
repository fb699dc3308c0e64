# SPDX-License-Identifier: CERN-OHL-W-2.0
"""What is bought: one entry for each kind of part. `Evidence` says who vouches for the order code:
`datasheet` = read in a public data sheet or manual; `library` = pin-out and land pattern are KiCad's for that part;
`unverified` = from memory. Every price is an estimate (about ten pieces, VAT excluded). Nothing was ever ordered."""

_SMD = "Resistor_SMD:R_0805_2012Metric_Pad1.20x1.40mm_HandSolder"
_CAP = "Capacitor_SMD:C_0805_2012Metric_Pad1.18x1.45mm_HandSolder"
_BOTH, _PANEL = "panel + room", "panel"


def _part(footprint, manufacturer, mpn, alternative, price, fitted=_BOTH, evidence="unverified", description=""):
    return {"footprint": footprint, "Manufacturer": manufacturer, "MPN": mpn, "Alternative": alternative,
            "Price EUR": f"{price:.2f}", "Fitted": fitted, "Evidence": evidence, "description": description}


def _resistor(code, vishay, fitted=_BOTH):
    return _part(_SMD, "Yageo", f"RC0805FR-07{code}L", f"Vishay CRCW0805{vishay}FKEA", 0.02, fitted,
                 description="Thick film 1 %, 0805, 125 mW")


PARTS = {
    # Pulse input
    "s0_terminal": _part("TerminalBlock_Phoenix:TerminalBlock_Phoenix_MKDS-1,5-3-5.08_1x03_P5.08mm_Horizontal",
                         "Phoenix Contact", "1715734", "Würth Elektronik 691137710003", 1.10, _PANEL,
                         description="Screw terminal MKDS 1,5/3-5,08, 1.5 mm²"),
    "tvs_s0": _part("Diode_SMD:D_SMA", "Littelfuse", "SMAJ15CA", "Bourns SMAJ15CA", 0.30, _PANEL, "library",
                    "Bidirectional suppressor, 15 V stand-off, 400 W"),
    "r470_panel": _resistor("470R", "470R", _PANEL),
    "r330_panel": _resistor("330R", "330R", _PANEL),
    "r10k_panel": _resistor("10K", "10K0", _PANEL),
    "r33k_panel": _resistor("33K", "33K0", _PANEL),
    "r1k_panel": _resistor("1K", "1K00", _PANEL),
    "r1k5_panel": _resistor("1K5", "1K50", _PANEL),
    "c10n_panel": _part(_CAP, "Murata", "GRM216R71H103KA01D", "Kemet C0805C103K5RACTU", 0.03, _PANEL,
                        description="X7R 50 V 10 %, 0805"),
    "c220n_panel": _part(_CAP, "Murata", "GRM21BR71H224KA01L", "Kemet C0805C224K5RACTU", 0.06, _PANEL,
                         description="X7R 50 V 10 %, 0805: the pulse filter, no other value"),
    "opto": _part("Package_DIP:SMDIP-4_W9.53mm", "Lite-On", "LTV-817S-TA1-C", "Vishay SFH617A-3X007", 0.40, _PANEL,
                  "library", "Optocoupler, CTR 200..400 % at 5 mA, 5 kV rms"),
    "led_pulse": _part("LED_SMD:LED_0805_2012Metric_Pad1.15x1.40mm_HandSolder", "Würth Elektronik", "150080GS75000",
                       "Kingbright KP-2012SGC", 0.15, _PANEL, description="LED green 0805: pulse seen"),
    "schmitt": _part("Package_SO:SOIC-14_3.9x8.7mm_P1.27mm", "Texas Instruments", "SN74HC14DR", "Nexperia 74HC14D,653", 0.30,
                     _PANEL, "library", "Six inverting Schmitt triggers"),
    # 12 V loop
    "dcdc": _part("Converter_DCDC:Converter_DCDC_XP_POWER-ITXxxxxSA_THT", "XP Power", "ITX0512SA",
                  "Traco Power TMR 0512 with pins 3 and 5 cut", 15.00, _PANEL, "library",
                  "DC/DC 4.5..9 V to 12 V, regulated, SIP-8 without pins 3 to 5: nothing stands in the barrier"),
    "zener13": _part("Diode_SMD:D_SOD-123", "Diodes Incorporated", "BZT52C13-7-F", "onsemi MMSZ5243BT1G", 0.10, _PANEL,
                     description="Zener 13 V 370 mW: clamps the loop if an unregulated converter is fitted"),
    "r2k2_panel": _resistor("2K2", "2K20", _PANEL),
    "r4k7_panel": _resistor("4K7", "4K70", _PANEL),
    "led_loop": _part("LED_SMD:LED_0805_2012Metric_Pad1.15x1.40mm_HandSolder", "Würth Elektronik", "150080YS75000",
                      "Kingbright KP-2012SYC", 0.15, _PANEL, description="LED yellow 0805: 12 V loop alive"),
    "c10u_25v": _part("Capacitor_SMD:C_1206_3216Metric_Pad1.33x1.80mm_HandSolder", "Murata", "GRM31CR71E106KA12L",
                      "TDK C3216X7R1E106K160AB", 0.30, _BOTH, description="X7R 25 V 10 %, 1206"),
    "c10u_25v_panel": _part("Capacitor_SMD:C_1206_3216Metric_Pad1.33x1.80mm_HandSolder", "Murata", "GRM31CR71E106KA12L",
                            "TDK C3216X7R1E106K160AB", 0.30, _PANEL, description="X7R 25 V 10 %, 1206"),
    # 5 V supply
    "supply_terminal": _part("TerminalBlock_Phoenix:TerminalBlock_Phoenix_MKDS-1,5-2-5.08_1x02_P5.08mm_Horizontal",
                             "Phoenix Contact", "1715721", "Würth Elektronik 691137710002", 0.80,
                             description="Screw terminal MKDS 1,5/2-5,08"),
    "polyfuse": _part("Fuse:Fuse_1812_4532Metric_Pad1.30x3.40mm_HandSolder", "Littelfuse", "1812L110/16DR",
                      "Bourns MF-MSMF110/16-2", 0.35, description="Resettable fuse 1.1 A hold, 1812"),
    "tvs_5v": _part("Diode_SMD:D_SMA", "Littelfuse", "SMAJ5.0A", "Bourns SMAJ5.0A", 0.30, _BOTH, "library",
                    "Suppressor, 5 V stand-off, 400 W"),
    "pmos": _part("Package_TO_SOT_SMD:SOT-23", "Diodes Incorporated", "DMG2305UX-7", "Alpha & Omega AO3401A", 0.15,
                  description="P-channel MOSFET 20 V: reverse polarity"),
    "c1000u": _part("Capacitor_THT:CP_Radial_D10.0mm_P5.00mm", "Panasonic", "EEU-FC1A102", "Nichicon UHE1A102MPD", 0.60,
                    description="Electrolytic 1000 µF 10 V 105 °C, D10 P5"),
    "supervisor_5v": _part("Package_TO_SOT_SMD:SOT-23", "Microchip", "MCP120T-450I/TT", "Microchip MCP121T-450E/TT", 0.55,
                           _BOTH, "library", "Open-drain supervisor 4.375 V nominal: supply failing"),
    "supervisor_3v": _part("Package_TO_SOT_SMD:SOT-23", "Microchip", "MCP120T-300I/TT", "Microchip MCP121T-300E/TT", 0.55,
                           _BOTH, "library", "Open-drain supervisor 2.925 V nominal: holds EN low"),
    "r10k": _resistor("10K", "10K0"),
    "r2k2": _resistor("2K2", "2K20"),
    "r1k": _resistor("1K", "1K00"),
    "r100": _resistor("100R", "100R"),
    "c100n": _part(_CAP, "Murata", "GRM21BR71H104KA01L", "Kemet C0805C104K5RACTU", 0.04, description="X7R 50 V 10 %, 0805"),
    "c100n_panel": _part(_CAP, "Murata", "GRM21BR71H104KA01L", "Kemet C0805C104K5RACTU", 0.04, _PANEL,
                         description="X7R 50 V 10 %, 0805"),
    # Processor
    "devkit": _part("metering:ESP32-DevKitC_Socket", "Espressif", "ESP32-DevKitC-32E", "Espressif ESP32-DevKitC-32UE", 10.00,
                    _BOTH, "datasheet", "Processor board, plugged into two 1x19 sockets (off-board list)"),
    "led_status": _part("LED_SMD:LED_0805_2012Metric_Pad1.15x1.40mm_HandSolder", "Würth Elektronik", "150080BS75000",
                        "Kingbright KP-2012QBC-D", 0.20, description="LED blue 0805: status"),
    "button": _part("Button_Switch_THT:SW_PUSH_6mm", "Omron", "B3F-1000", "C&K PTS645SM43-2 LFS", 0.20,
                    description="Push button 6 x 6 mm"),
    "header5": _part("Connector_PinHeader_2.54mm:PinHeader_1x05_P2.54mm_Vertical", "Samtec", "TSW-105-07-G-S",
                     "Würth Elektronik 61300511121", 0.40, description="Pin header 1x5"),
    "header6": _part("Connector_PinHeader_2.54mm:PinHeader_1x06_P2.54mm_Vertical", "Samtec", "TSW-106-07-G-S",
                     "Würth Elektronik 61300611121", 0.45, description="Pin header 1x6"),
    # Sensors and memory
    "fram": _part("Package_SO:SOIC-8_3.9x4.9mm_P1.27mm", "Fujitsu", "MB85RC256VPNF-G-JNERE1", "Infineon FM24CL64B-GTR (8 KiB)", 4.00,
                  _BOTH, "datasheet", "FRAM 32 KiB, I2C 0x50"),
    "rtc": _part("Package_SON:MicroCrystal_C7_SON-8_1.5x3.2mm_P0.9mm", "Micro Crystal", "RV-3028-C7 32.768kHz 1ppm TA QC",
                 "Micro Crystal RV-3028-C7 32.768kHz 1ppm TA QA", 3.50, _BOTH, "library", "Clock, I2C 0x52"),
    "supercap": _part("Capacitor_THT:DX_5R5VxxxxU_D11.5mm_P5.00mm", "Elna", "DX-5R5V104U", "Eaton KR-5R5V104-R", 1.80,
                      description="Double-layer capacitor 0.1 F 5.5 V: keeps the clock"),
    "esd": _part("Package_TO_SOT_SMD:SOT-23-6", "STMicroelectronics", "USBLC6-2SC6", "Würth Elektronik 82400152", 0.30,
                 _BOTH, "library", "Two-line ESD protection"),
    "sensor_terminal": _part("TerminalBlock_Phoenix:TerminalBlock_Phoenix_MKDS-1,5-4-5.08_1x04_P5.08mm_Horizontal",
                             "Phoenix Contact", "1715747", "Würth Elektronik 691137710004", 1.40,
                             description="Screw terminal MKDS 1,5/4-5,08"),
    # Not bought
    "testpoint": {"footprint": "TestPoint:TestPoint_THTPad_D2.0mm_Drill1.0mm", "no_bom": True},
    "hole": {"footprint": "MountingHole:MountingHole_3.2mm_M3", "no_bom": True},
}
